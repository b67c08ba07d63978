/** A mass email that has started: how far it is, why it stands still, what came of it, whom it did not reach. */
import { SimpleGrid, Stack } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { AudiencePanel } from './AudiencePanel.tsx'
import { DeliveriesPanel } from './DeliveriesPanel.tsx'
import { FailuresPanel } from './FailuresPanel.tsx'
import { LiveProgress } from './LiveProgress.tsx'
import { MassEmailFigures } from './MassEmailFigures.tsx'
import { isLive } from './steps.ts'
import { WhyPanel, useWhy } from './WhyPanel.tsx'

export function RunView({ massEmail }: { massEmail: MassEmail }) {
  const { id, status, frozenAt, figures } = massEmail
  const reasons = useWhy(id, status === 'inProcess' || status === 'paused')
  const every = isLive(status) ? 3000 : false
  const troubled = figures.failed + figures.uncertain + figures.skipped > 0
  return (
    <Stack gap="md">
      <WhyPanel reasons={reasons} />
      {frozenAt && <LiveProgress massEmail={massEmail} />}
      {frozenAt && <MassEmailFigures massEmail={massEmail} every={every} />}
      <SimpleGrid cols={{ base: 1, md: troubled ? 2 : 1 }} spacing="md">
        <AudiencePanel massEmailId={id} />
        {troubled && <FailuresPanel massEmail={massEmail} every={every} />}
      </SimpleGrid>
      {frozenAt && <DeliveriesPanel massEmailId={id} every={every} rows={20} />}
    </Stack>
  )
}
