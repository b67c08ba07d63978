/** Administration > DKIM Keys: the keys that sign outgoing mail, by domain. */
import { Button, Stack } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPlus, IconSignature } from '@tabler/icons-react'
import * as api from '../../../src/signing/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { NewKeyForm } from './NewKeyForm.tsx'
import { algorithmWords, recordWords, stateWords } from './dkim-words.ts'

type Row = Pick<api.DkimKey, 'id' | 'domain' | 'selector' | 'algorithm' | 'state' | 'recordState' | 'checkedAt'>

const columns: Column<Row>[] = [
  { key: 'domain', title: 'Domain', cell: ({ domain }) => <b>{displayAddress(domain)}</b>, sort: 'domain' },
  { key: 'selector', title: 'Selector', cell: ({ selector }) => selector },
  { key: 'algorithm', title: 'Kind', cell: ({ algorithm }) => algorithmWords[algorithm] },
  { key: 'state', title: 'State', cell: ({ state }) => <StatusBadge status={state}>{stateWords[state]}</StatusBadge> },
  { key: 'record', title: 'DNS record', cell: ({ recordState }) => (recordState ? <StatusBadge status={recordState}>{recordWords[recordState]}</StatusBadge> : 'Not looked at yet') },
  { key: 'checkedAt', title: 'Looked at', cell: ({ checkedAt }) => <TimeAgo at={checkedAt} empty="Never" />, sort: 'checkedAt' },
]

const openForm = () => modals.open({ title: 'New DKIM key', children: <NewKeyForm /> })

export function DkimKeysScreen() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'domain')
  const pages = usePages(api.listDkimKeys, { query: { q: text, sort } }, { every: 30_000 })
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={openForm}>New key</Button>
  return (
    <Page title="DKIM Keys" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="A signature proves to receivers that mail is really from your domain. Gmail and Yahoo ask for it from everybody who sends much.">
      <Stack>
        <Panel title="Keys" flush hideTitle>
          <FilterRow><SearchField label="Search domains" text={text} onText={setText} /></FilterRow>
          <DataTable label="DKIM keys" {...pages} rows={pages.rows as Row[]} columns={columns} sort={sort} onSort={setSort} keys linkTo={({ id }) => paths.dkimKey(id)}
            empty={<Empty icon={IconSignature} title={text ? 'No domain is called that' : 'Mail is not signed yet'} action={add}>Make a key for the domain of your From address, put its record into DNS, and it signs by itself as soon as the record is seen.</Empty>} />
        </Panel>
      </Stack>
    </Page>
  )
}
