/** The facts of a mass email in one line: what, to whom, from whom, when. */
import { Anchor, Group } from '@mantine/core'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { paths } from '../../paths.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { Lists } from '../campaigns/CampaignFacts.tsx'

export function MassEmailFacts({ massEmail }: { massEmail: MassEmail }) {
  const { status, emailTemplateId, emailTemplateName, targetLists, excludingTargetLists, fromAddress, dateStart, completedAt } = massEmail
  const waiting = status === 'draft' || status === 'pending'
  return (
    <Group gap="6px 18px">
      {emailTemplateId && <span>says <Anchor component={Link} to={paths.template(emailTemplateId)} inherit underline="always">{emailTemplateName}</Anchor></span>}
      {targetLists.length > 0 && <span>to <Lists lists={targetLists} /></span>}
      {excludingTargetLists.length > 0 && <span>without <Lists lists={excludingTargetLists} /></span>}
      {fromAddress && <span>from {fromAddress}</span>}
      {dateStart && <span>{waiting ? 'starts' : 'started'} <TimeAgo at={dateStart} /></span>}
      {completedAt && <span>complete <TimeAgo at={completedAt} /></span>}
    </Group>
  )
}
