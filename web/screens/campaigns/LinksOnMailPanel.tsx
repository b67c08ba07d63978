/** Links on the mail, of the mass email that is chosen above, else of the last one that went out. */
import { IconLink } from '@tabler/icons-react'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { LinksOnMail } from './LinksOnMail.tsx'
import { useMassEmailChoice } from './use-mass-email-choice.tsx'

export function LinksOnMailPanel({ campaignId, every }: { campaignId: string; every: number | false }) {
  const { massEmailId, select, massEmails } = useMassEmailChoice(campaignId)
  const shown = massEmailId ?? (massEmails.find(({ status }) => status !== 'draft' && status !== 'pending') ?? massEmails[0])?.id
  const name = massEmails.find(({ id }) => id === shown)?.name
  return (
    <Panel title="Links on the mail" foldsAs="campaign-links-on-mail" about={massEmails.length > 1 && name ? `The mail “${name}” as it was sent.` : 'The mail as it was sent: where people clicked.'} action={select}>
      {shown === undefined ? <Empty icon={IconLink}>The mail appears here with the first mass email.</Empty> : <LinksOnMail key={shown} campaignId={campaignId} massEmailId={shown} every={every} />}
    </Panel>
  )
}
