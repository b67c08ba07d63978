/** People against machines: how much of what was opened and clicked no person did. */
import { Text } from '@mantine/core'
import type { Figures } from '../../../src/log/contract.ts'
import { ChartView } from '../../ui/charts/ChartView.tsx'
import { figureColors } from './figure-colors.ts'

export function HumansAndMachines({ figures: { opened, clicked, machine } }: { figures: Figures }) {
  return (
    <>
      <ChartView height={190} chart={{
        type: 'groupedBar', title: 'People and machines', categories: ['Opened', 'Clicked'],
        series: [
          { key: 'people', label: 'By people', values: [opened, clicked], color: figureColors.opened },
          { key: 'machines', label: 'By machines', values: [machine.opened, machine.clicked], color: 'var(--mantine-color-gray-5)' },
        ],
      }} />
      <Text size="xs" c="dimmed" mt={6}>A mail can be opened by both: scanners and privacy proxies of the receiving side open and click before people do. They count in no rate.</Text>
    </>
  )
}
