/** All mass emails of all campaigns. */
import { Button, Select } from '@mantine/core'
import { IconMailForward, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type MassEmail, listMassEmails } from '../../../src/campaign/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { MassEmailMenu } from './MassEmailMenu.tsx'
import { massEmailColumns } from './columns.tsx'

const statuses: MassEmail['status'][] = ['draft', 'pending', 'inProcess', 'paused', 'complete', 'canceled', 'failed']
const statusOptions = statuses.map((status) => ({ value: status, label: inWords(status) }))

export function MassEmailsScreen() {
  const [q, setQ] = useUrlText('q')
  const [status, setStatus] = useUrlText('status')
  const [sort, setSort] = useUrlText('sort', '-createdAt')
  const massEmails = usePages(listMassEmails, { query: { q, status, sort } }, { every: 5000 })
  const create = <Button component={Link} to={paths.newMassEmail()} leftSection={<IconPlus size={16} aria-hidden />}>New mass email</Button>
  return (
    <Page title="Mass Emails" about="Each is one sending of one template to a campaign’s lists." action={create}>
      <Panel title="All mass emails" flush action={(
        <>
          <SearchField label="Search mass emails" text={q} onText={setQ} />
          <Select size="sm" w={150} clearable aria-label="Status" placeholder="Any status" data={statusOptions} value={status || null} onChange={(value) => setStatus(value ?? '')} />
        </>
      )}>
        <DataTable label="Mass emails" {...massEmails} rows={massEmails.rows as MassEmail[]} columns={massEmailColumns('campaign')} sort={sort} onSort={setSort} keys
          linkTo={({ id }) => paths.massEmail(id)} menu={(massEmail) => <MassEmailMenu massEmail={massEmail} />}
          empty={q || status
            ? <Empty icon={IconSearch}>No mass email matches.</Empty>
            : <Empty icon={IconMailForward} title="Nothing sent yet" action={create}>Prepare the first mass email: choose a campaign and a template, look at who will get it, and send a test.</Empty>} />
      </Panel>
    </Page>
  )
}
