/** Which colour stands for which figure, in every chart. */
import type { Series } from '../../ui/charts/TimeColumns.tsx'

export const figureColors = {
  sent: 'var(--mantine-color-gray-5)',
  delivered: 'var(--mantine-color-tide-3)',
  opened: 'var(--mantine-color-tide-5)',
  clicked: 'var(--mantine-color-lamp-4)',
  optedOut: 'var(--mantine-color-red-5)',
}

/** What a chart over time can show; the first four where nobody chooses. */
export const overTimeSeries: Series[] = [
  { key: 'sent', label: 'Sent', color: figureColors.sent },
  { key: 'opened', label: 'Opened', color: figureColors.opened },
  { key: 'clicked', label: 'Clicked', color: figureColors.clicked },
  { key: 'optedOut', label: 'Opted out', color: figureColors.optedOut },
]
export const moreSeries: Series[] = [
  { key: 'bouncedHard', label: 'Bounced hard', color: 'var(--mantine-color-red-8)' },
  { key: 'bouncedSoft', label: 'Bounced soft', color: 'var(--mantine-color-orange-5)' },
  { key: 'replied', label: 'Replied', color: 'var(--mantine-color-green-6)' },
  { key: 'complained', label: 'Complained', color: 'var(--mantine-color-grape-6)' },
  { key: 'failed', label: 'Failed', color: 'var(--mantine-color-gray-7)' },
]
