/** A mass email that has started: how far it is, why it stands still, what came of it, whom it did not reach. */
import { SimpleGrid, Stack } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { Panel } from '../../ui/Panel.tsx'
import { LinksOnMail } from '../campaigns/LinksOnMail.tsx'
import { AudiencePanel } from './AudiencePanel.tsx'
import { FailuresPanel } from './FailuresPanel.tsx'
import { LedgerTabs } from './LedgerTabs.tsx'
import { LiveProgress } from './LiveProgress.tsx'
import { MassEmailFigures } from './MassEmailFigures.tsx'
import { NewVersionNote } from './NewVersionNote.tsx'
import { PortionsPanel } from './PortionsPanel.tsx'
import { isLive, isOnItsWay } from './steps.ts'
import { WhyPanel, useWhy } from './WhyPanel.tsx'

export function RunView({ massEmail }: { massEmail: MassEmail }) {
  const { id, status, frozenAt, figures } = massEmail
  const reasons = useWhy(id, isOnItsWay(status))
  // What comes back comes for days: a page that stays open shows it by and by.
  const every = isLive(status) ? 3000 : 30_000
  const troubled = isOnItsWay(status) || figures.failed + figures.uncertain + figures.skipped > 0
  return (
    <Stack gap="md">
      <WhyPanel reasons={reasons} campaignId={massEmail.campaignId} />
      <NewVersionNote massEmail={massEmail} />
      {frozenAt && <LiveProgress massEmail={massEmail} />}
      {frozenAt && isOnItsWay(status) && <PortionsPanel massEmail={massEmail} every={isLive(status) && 10_000} />}
      {frozenAt && <MassEmailFigures massEmail={massEmail} every={every} />}
      {frozenAt && <Panel title="Links on the mail" foldsAs="mass-email-links-on-mail"><LinksOnMail campaignId={massEmail.campaignId} massEmailId={id} every={every} /></Panel>}
      <SimpleGrid cols={{ base: 1, md: troubled ? 2 : 1 }} spacing="md">
        <AudiencePanel massEmailId={id} />
        {troubled && <FailuresPanel massEmail={massEmail} every={every} />}
      </SimpleGrid>
      {frozenAt && <LedgerTabs massEmail={massEmail} every={every} />}
    </Stack>
  )
}
