/** The mass emails of a campaign. */
import { Button } from '@mantine/core'
import { IconMailForward, IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type MassEmail, listMassEmails } from '../../../src/campaign/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { MassEmailMenu } from '../mass-emails/MassEmailMenu.tsx'
import { massEmailColumns } from '../mass-emails/columns.tsx'

// One campaign has few; they are not sorted by the reader.
const columns = massEmailColumns('template').map((column) => ({ ...column, sort: undefined }))

export function MassEmailsPanel({ campaignId, every }: { campaignId: string; every: number | false }) {
  const massEmails = usePages(listMassEmails, { query: { campaignId, sort: '-createdAt' } }, { every })
  return (
    <Panel title="Mass Email" flush foldsAs="campaign-mass-emails"
      action={<Button size="xs" variant="default" component={Link} to={paths.newMassEmail(campaignId)} leftSection={<IconPlus size={15} aria-hidden />}>New</Button>}>
      <DataTable label="Mass emails" {...massEmails} rows={massEmails.rows as MassEmail[]} columns={columns} linkTo={({ id }) => paths.massEmail(id)}
        menu={(massEmail) => <MassEmailMenu massEmail={massEmail} />}
        empty={(
          <Empty icon={IconMailForward} action={<Button component={Link} to={paths.newMassEmail(campaignId)}>Prepare a mass email</Button>}>
            Nothing sent yet. Prepare the first mass email of this campaign.
          </Empty>
        )} />
    </Panel>
  )
}
