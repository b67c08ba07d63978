/** Administration > Suppressions: addresses that are never mailed, and why; add one or many, clear one or many, export. */
import { Button, Group, Menu, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconDownload, IconMailForward, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { usePages } from '../../api/client.ts'
import { queryText } from '../../api/query-text.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { nothing, useSelection } from '../../ui/selection.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { AddSuppressions } from './AddSuppressions.tsx'
import { ClearByDomain, ClearChosen } from './ClearSuppressions.tsx'
import { useLiftSuppression } from './lift-suppression.tsx'
import { sourceInWords, suppressionReasons, suppressionSources, suppressionWords } from './suppression-words.ts'

type Row = Partial<api.Suppression>

const columns: Column<Row>[] = [
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => <b>{displayAddress(emailAddress ?? '')}</b>, sort: 'emailAddress' },
  { key: 'reason', title: 'Why', cell: ({ reason }) => <StatusBadge status={reason!}>{suppressionWords[reason!]}</StatusBadge> },
  { key: 'source', title: 'Source', cell: ({ source, byUserName }) => [sourceInWords(source!), byUserName].filter(Boolean).join(', '), width: 220 },
  { key: 'detail', title: 'Detail', cell: ({ detail, until }) => <>{detail || '–'}{until && <Text size="xs" c="dimmed">Ends by itself <TimeAgo at={until} /></Text>}</>, width: 320 },
  { key: 'at', title: 'Since', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
]
const filterFields: FilterField[] = [
  { name: 'emailAddress', label: 'Address', type: 'email' },
  { name: 'reason', label: 'Why', type: 'enum', options: suppressionReasons },
  { name: 'source', label: 'Source', type: 'enum', options: suppressionSources },
  { name: 'at', label: 'Since', type: 'dateTime' },
]

export function SuppressionsScreen() {
  const [opened, { open, close }] = useDisclosure()
  const [clearing, setClearing] = useState<'domain' | 'chosen' | null>(null)
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-at')
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const pages = usePages(api.listSuppressions, { query: { q: text, sort, filter } })
  const lift = useLiftSuppression()
  const [selection, onSelection] = useSelection(JSON.stringify([text, filter]))
  const isAdministrator = useIsAdministrator()
  const endClearing = () => { setClearing(null); onSelection(nothing) }
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>Add addresses</Button>
  return (
    <Page title="Suppressions" mark={!pages.loading && <Text c="dimmed">{counted(pages.total, 'entry', 'entries')}</Text>}
      action={<Actions add={add} query={queryText({ q: text || undefined, filter })} onClear={isAdministrator ? () => setClearing('domain') : undefined} />}
      back={{ to: paths.administration(), title: 'Administration' }} about="Addresses that are never mailed, whatever list they are on.">
      <Panel title="Suppressed addresses" flush hideTitle>
        <FilterRow>
          <FilterBuilder fields={filterFields} filter={filter} onFilter={setFilter}><SearchField label="Search addresses" text={text} onText={setText} /></FilterBuilder>
        </FilterRow>
        <DataTable label="Suppressions" {...pages} columns={columns} sort={sort} onSort={setSort} rowId={({ id }) => id!} keys
          {...(isAdministrator && { selection, onSelection })}
          menu={(row) => <Menu.Item leftSection={<IconMailForward size={16} aria-hidden />} onClick={() => lift(row)}>Clear…</Menu.Item>}
          empty={<Empty icon={IconBan} title={text || filter ? 'Nothing matches' : 'Nobody is suppressed'} action={add}>Opt-outs, hard bounces and complaints put addresses here by themselves. You can add some from another system.</Empty>} />
      </Panel>
      <SelectionBar selection={selection} onSelection={onSelection} total={selection.ids.size}>
        <Button variant="default" onClick={() => setClearing('chosen')}>Clear…</Button>
      </SelectionBar>
      <Modal opened={clearing !== null} onClose={() => setClearing(null)} title="Mail these addresses again">
        {clearing === 'domain' && <ClearByDomain onDone={endClearing} />}
        {clearing === 'chosen' && <ClearChosen ids={[...selection.ids]} onDone={endClearing} />}
      </Modal>
      <Modal opened={opened} onClose={close} title="Never mail these addresses" size="lg">{opened && <AddSuppressions onDone={close} />}</Modal>
    </Page>
  )
}

function Actions({ add, query, onClear }: { add: ReactNode; query: string; onClear: (() => void) | undefined }) {
  return (
    <Group gap="xs">
      {onClear && <Button variant="default" onClick={onClear}>Clear by domain…</Button>}
      <Button variant="default" component="a" download href={`/api/v1/suppressions/export.csv${query}`} leftSection={<IconDownload size={16} aria-hidden />}>Export</Button>
      {add}
    </Group>
  )
}
