/** The columns of every table of mass emails. */
import { Anchor, Group, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { NumberText, share } from '../../ui/NumberText.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { WhyMark } from './WhyMark.tsx'

const template: Column<MassEmail> = {
  key: 'template', title: 'Template', width: 220,
  cell: ({ emailTemplateId, emailTemplateName }) => (emailTemplateId ? <Anchor component={Link} to={paths.template(emailTemplateId)} inherit>{emailTemplateName}</Anchor> : '–'),
}
const campaign: Column<MassEmail> = {
  key: 'campaign', title: 'Campaign', width: 240,
  cell: ({ campaignId, campaignName }) => <Anchor component={Link} to={paths.campaign(campaignId)} inherit>{campaignName}</Anchor>,
}

export const massEmailColumns = (beside: 'campaign' | 'template'): Column<MassEmail>[] => [
  { key: 'name', title: 'Name', sort: 'name', width: 280, cell: ({ name }) => name },
  { key: 'status', title: 'Status', cell: (massEmail) => <Status massEmail={massEmail} /> },
  { key: 'dateStart', title: 'Date Start', sort: 'dateStart', cell: ({ dateStart }) => <TimeAgo at={dateStart} empty="Not set" /> },
  beside === 'campaign' ? campaign : template,
  { key: 'progress', title: 'Progress', cell: (massEmail) => <Progress massEmail={massEmail} /> },
  { key: 'opened', title: 'Opened', align: 'right', cell: ({ figures }) => rate(figures.opened, figures.sent) },
  { key: 'clicked', title: 'Clicked', align: 'right', cell: ({ figures }) => rate(figures.clicked, figures.sent) },
  { key: 'optedOut', title: 'Opted out', align: 'right', cell: ({ figures }) => rate(figures.optedOut, figures.sent) },
  { key: 'failed', title: 'Failed', align: 'right', cell: ({ id, figures }) => <NumberText value={figures.failed} to={figures.failed > 0 ? paths.massEmailDeliveries(id, { status: 'failed' }) : undefined} /> },
]

const rate = (count: number, sent: number) => <span className="numbers">{count.toLocaleString()}{sent > 0 && <Text span size="xs" c="dimmed"> {share(count, sent)}</Text>}</span>

const Status = ({ massEmail: { id, status } }: { massEmail: MassEmail }) => (
  <Group gap={6} wrap="nowrap" display="inline-flex"><StatusBadge status={status} />{(status === 'pending' || status === 'inProcess') && <WhyMark massEmailId={id} />}</Group>
)

function Progress({ massEmail: { id, status, figures, name } }: { massEmail: MassEmail }) {
  if (figures.people === 0) return <>–</>
  return (
    <div style={{ minWidth: 120 }}>
      <ProgressBar quiet done={figures.sent} total={figures.people} moving={status === 'inProcess'} label={`Progress of ${name}`} />
      <Text size="xs" c="dimmed" className="numbers"><NumberText value={figures.sent} to={paths.massEmailDeliveries(id, { status: 'sent' })} /> of {figures.people.toLocaleString()}</Text>
    </div>
  )
}
