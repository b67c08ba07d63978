/** Up or down against the campaign before, in words and an arrow; the colour never says it alone. */
import { Text, VisuallyHidden } from '@mantine/core'
import type { Trend } from './trend.ts'

const arrows = { up: '▲', down: '▼', same: '=' }
const said = { up: 'more than before', down: 'less than before', same: '' }

export function TrendMark({ trend }: { trend: Trend | null }) {
  if (!trend) return null
  const { direction, words, good } = trend
  return (
    <Text size="xs" span style={{ whiteSpace: 'nowrap', color: good === null ? 'var(--mantine-color-dimmed)' : good ? 'var(--tidings-good)' : 'var(--tidings-bad)' }}>
      <span aria-hidden>{arrows[direction]}</span> {words}<VisuallyHidden> {said[direction]}</VisuallyHidden>
    </Text>
  )
}
