/** Which colour stands for which figure, in every chart. */
import type { Series } from '../../ui/charts/TimeColumns.tsx'

export const figureColors = {
  sent: 'var(--mantine-color-gray-5)',
  delivered: 'var(--mantine-color-tide-3)',
  opened: 'var(--mantine-color-tide-5)',
  clicked: 'var(--mantine-color-lamp-4)',
  optedOut: 'var(--mantine-color-red-5)',
}

export const overTimeSeries: Series[] = [
  { key: 'sent', label: 'Sent', color: figureColors.sent },
  { key: 'opened', label: 'Opened', color: figureColors.opened },
  { key: 'clicked', label: 'Clicked', color: figureColors.clicked },
  { key: 'optedOut', label: 'Opted out', color: figureColors.optedOut },
]
