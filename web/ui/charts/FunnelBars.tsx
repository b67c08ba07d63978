/** Steps that each keep a part of the one before, as bars with number and share of the first. */
import { Text } from '@mantine/core'
import { NumberText, share } from '../NumberText.tsx'
import classes from './FunnelBars.module.css'

export type FunnelBar = { key: string; label: string; value: number; color: string; to?: string }

export function FunnelBars({ bars, label }: { bars: FunnelBar[]; label: string }) {
  const whole = bars[0]?.value ?? 0
  return (
    <ul className={classes['list']} aria-label={label}>
      {bars.map(({ key, label: name, value, color, to }) => (
        <li key={key} className={classes['row']}>
          <Text size="sm">{name}</Text>
          <div className={classes['track']} aria-hidden>
            <div className={classes['bar']} style={{ width: `${whole > 0 ? Math.min(100, (value / whole) * 100) : 0}%`, background: color }} />
          </div>
          <Text size="sm" component="div" className={classes['value']}>
            <NumberText value={value} to={to} /> <Text span size="sm" c="dimmed">{share(value, whole)}</Text>
          </Text>
        </li>
      ))}
    </ul>
  )
}
