/** Administration > Suppressions: addresses that are never mailed, and why; add one or many, lift one. */
import { Button, Menu, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconMailForward, IconPlus } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { AddSuppressions } from './AddSuppressions.tsx'
import { useLiftSuppression } from './lift-suppression.tsx'
import { suppressionReasons, suppressionWords } from './suppression-words.ts'

type Row = Partial<api.Suppression>

const columns: Column<Row>[] = [
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => <b>{displayAddress(emailAddress ?? '')}</b>, sort: 'emailAddress' },
  { key: 'reason', title: 'Why', cell: ({ reason }) => <StatusBadge status={reason!}>{suppressionWords[reason!]}</StatusBadge> },
  { key: 'detail', title: 'Detail', cell: ({ detail, source }) => detail || <Text span inherit c="dimmed">{source}</Text>, width: 320 },
  { key: 'at', title: 'Since', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
  { key: 'by', title: 'By', cell: ({ byUserName }) => byUserName ?? '–' },
]
const filterFields: FilterField[] = [
  { name: 'emailAddress', label: 'Address', type: 'email' },
  { name: 'reason', label: 'Why', type: 'enum', options: suppressionReasons },
  { name: 'at', label: 'Since', type: 'dateTime' },
]

export function SuppressionsScreen() {
  const [opened, { open, close }] = useDisclosure()
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-at')
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const pages = usePages(api.listSuppressions, { query: { q: text, sort, filter } })
  const lift = useLiftSuppression()
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>Add addresses</Button>
  return (
    <Page title="Suppressions" mark={!pages.loading && <Text c="dimmed">{counted(pages.total, 'entry', 'entries')}</Text>} action={add}
      back={{ to: paths.administration(), title: 'Administration' }} about="Addresses that are never mailed, whatever list they are on.">
      <Panel title="Suppressed addresses" flush hideTitle>
        <FilterRow>
          <FilterBuilder fields={filterFields} filter={filter} onFilter={setFilter}><SearchField label="Search addresses" text={text} onText={setText} /></FilterBuilder>
        </FilterRow>
        <DataTable label="Suppressions" {...pages} columns={columns} sort={sort} onSort={setSort} rowId={({ id }) => id!} keys
          menu={(row) => <Menu.Item leftSection={<IconMailForward size={16} aria-hidden />} onClick={() => lift(row)}>Mail again…</Menu.Item>}
          empty={<Empty icon={IconBan} title={text || filter ? 'Nothing matches' : 'Nobody is suppressed'} action={add}>Opt-outs, hard bounces and complaints put addresses here by themselves. You can add some from another system.</Empty>} />
      </Panel>
      <Modal opened={opened} onClose={close} title="Never mail these addresses" size="lg">{opened && <AddSuppressions onDone={close} />}</Modal>
    </Page>
  )
}
