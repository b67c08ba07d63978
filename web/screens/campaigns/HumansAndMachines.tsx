/** People against machines: how much of what was opened and clicked no person did. */
import { Text } from '@mantine/core'
import type { Figures } from '../../../src/log/contract.ts'
import { FunnelBars } from '../../ui/charts/FunnelBars.tsx'
import { figureColors } from './figure-colors.ts'

const grey = 'var(--mantine-color-gray-5)'

export function HumansAndMachines({ figures: { delivered, opened, clicked, machine } }: { figures: Figures }) {
  return (
    <>
      <FunnelBars label="People and machines" bars={[
        { key: 'delivered', label: 'Delivered', value: delivered, color: figureColors.delivered },
        { key: 'opened', label: 'Opened by people', value: opened, color: figureColors.opened },
        { key: 'openedMachine', label: 'by machines', value: machine.opened, color: grey },
        { key: 'clicked', label: 'Clicked by people', value: clicked, color: figureColors.clicked },
        { key: 'clickedMachine', label: 'by machines', value: machine.clicked, color: grey },
      ]} />
      <Text size="xs" c="dimmed" mt={6}>A mail can be opened by both: scanners and privacy proxies of the receiving side open and click before people do. They count in no rate.</Text>
    </>
  )
}
