/** Everybody who said no to this list, member or not. */
import { Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconMailCheck } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { type Result, usePages } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { inWords } from '../../ui/words.ts'
import { CancelOptOutForm } from './CancelOptOutForm.tsx'

type OptOut = Required<Result<typeof api.listOptOuts>['items'][number]>

const columns: Column<OptOut>[] = [
  { key: 'emailAddress', title: 'Address', width: 320, cell: ({ emailAddress }) => displayAddress(emailAddress) },
  { key: 'at', title: 'When', sort: 'at', cell: ({ at }) => <TimeAgo at={at} /> },
  { key: 'source', title: 'How', cell: ({ source, byUserName }) => (byUserName ? `${inWords(source)}, by ${byUserName}` : inWords(source)) },
  { key: 'reason', title: 'Reason', width: 360, cell: ({ reason }) => reason || '–' },
]

export function OptedOutPanel({ listId }: { listId: string }) {
  const [q, setQ] = useState('')
  const optOuts = usePages(api.listOptOuts, { params: { id: listId }, query: { q, limit: 20 } })
  const lift = (emailAddress: string) => modals.open({ title: 'Cancel the opt-out', children: <CancelOptOutForm listId={listId} emailAddress={emailAddress} /> })
  return (
    <Panel title="Opted out" flush foldsAs="target-list-opted-out" about="It belongs to the address: leaving the list or joining it again changes nothing."
      action={(optOuts.total > 0 || q) && <SearchField label="Search addresses" text={q} onText={setQ} />}>
      <DataTable label="Opted out" {...optOuts} rows={optOuts.rows as OptOut[]} rowId={({ emailAddress }) => emailAddress} columns={columns}
        menu={({ emailAddress }) => <Menu.Item leftSection={<IconMailCheck size={16} aria-hidden />} onClick={() => lift(emailAddress)}>Cancel opt-out</Menu.Item>}
        empty={<Empty icon={IconMailCheck}>{q ? 'No address matches.' : 'Nobody has opted out of this list.'}</Empty>} />
    </Panel>
  )
}
