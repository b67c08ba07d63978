/** Scheduled and not started yet: what will happen, who gets it, whether anything stands in the way. */
import { SimpleGrid, Stack } from '@mantine/core'
import { type MassEmail, getAudience } from '../../../src/campaign/contract.ts'
import { useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { AudiencePanel } from './AudiencePanel.tsx'
import { PreflightPanel } from './PreflightPanel.tsx'
import { Sentence } from './ScheduleDialog.tsx'
import { WhyPanel, useWhy } from './WhyPanel.tsx'

export function PendingView({ massEmail }: { massEmail: MassEmail }) {
  const reasons = useWhy(massEmail.id, true)
  return (
    <Stack gap="md">
      <WhyPanel reasons={reasons} campaignId={massEmail.campaignId} />
      <Panel title="What will happen"><Forecast massEmail={massEmail} /></Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <AudiencePanel massEmailId={massEmail.id} />
        <PreflightPanel massEmailId={massEmail.id} />
      </SimpleGrid>
    </Stack>
  )
}

function Forecast({ massEmail }: { massEmail: MassEmail }) {
  const { included } = useRead(getAudience, { params: { id: massEmail.id } })
  return <Sentence massEmail={massEmail} included={included} />
}
