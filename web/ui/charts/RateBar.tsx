/** A rate in a table cell: number, share and a short bar, full at a quarter (few rates in mail are higher) or as said. */
import { Text } from '@mantine/core'
import { share } from '../NumberText.tsx'
import { ShareBar } from '../ShareBar.tsx'

export function RateBar({ label, part, whole, color, fullAt = 0.25 }: { label: string; part: number; whole: number; color: string; fullAt?: number }) {
  if (whole === 0) return <Text span c="dimmed">–</Text>
  return (
    <ShareBar share={part / whole / fullAt} color={color}>
      <span className="numbers" title={`${label}: ${part.toLocaleString()} of ${whole.toLocaleString()}`}>{part.toLocaleString()} <Text span size="xs" c="dimmed">{share(part, whole)}</Text></span>
    </ShareBar>
  )
}
