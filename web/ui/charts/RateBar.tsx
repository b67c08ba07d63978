/** A rate in a table cell: number, share and a short bar, full at a quarter (few rates in mail are higher). */
import { Text } from '@mantine/core'
import { share } from '../NumberText.tsx'
import classes from './RateBar.module.css'

const fullAt = 0.25

export function RateBar({ label, part, whole, color }: { label: string; part: number; whole: number; color: string }) {
  const width = whole > 0 ? Math.min(1, part / whole / fullAt) * 100 : 0
  return (
    <div className={classes['cell']} title={`${label}: ${part.toLocaleString()} of ${whole.toLocaleString()}`}>
      <Text size="sm" className="numbers">{part.toLocaleString()} {whole > 0 && <Text span size="xs" c="dimmed">{share(part, whole)}</Text>}</Text>
      <div className={classes['track']} aria-hidden><div className={classes['bar']} style={{ width: `${width}%`, background: color }} /></div>
    </div>
  )
}
