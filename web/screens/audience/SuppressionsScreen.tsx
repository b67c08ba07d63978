/** Administration > Suppressions: addresses that are never mailed, and why; add one or many, clear one or many, export. */
import { Button, Group, Menu, Modal, Text } from '@mantine/core'
import { IconBan, IconDownload, IconMailForward, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { usePages } from '../../api/client.ts'
import { queryText } from '../../api/query-text.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterBuilder } from '../../ui/FilterBuilder.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import type { Filter } from '../../ui/filter.ts'
import { nothing, useSelection } from '../../ui/selection.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { AddSuppressions } from './AddSuppressions.tsx'
import { ClearByDomain, ClearChosen } from './ClearSuppressions.tsx'
import { useLiftSuppression } from './lift-suppression.tsx'
import { columns, filterFields } from './suppression-columns.tsx'

export function SuppressionsScreen() {
  const [dialog, setDialog] = useState<'add' | 'clearDomain' | 'clearChosen' | null>(null)
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-at')
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const pages = usePages(api.listSuppressions, { query: { q: text, sort, filter } })
  const lift = useLiftSuppression()
  const [selection, onSelection] = useSelection(JSON.stringify([text, filter]))
  const isAdministrator = useIsAdministrator()
  const endClearing = () => { setDialog(null); onSelection(nothing) }
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('add')}>Add addresses</Button>
  return (
    <Page title="Suppressions" mark={!pages.loading && <Text c="dimmed">{counted(pages.total, 'entry', 'entries')}</Text>}
      action={<Actions add={add} query={queryText({ q: text || undefined, filter })} onClear={isAdministrator ? () => setDialog('clearDomain') : undefined} />}
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
        <Button variant="default" onClick={() => setDialog('clearChosen')}>Clear…</Button>
      </SelectionBar>
      <Modal opened={dialog !== null} onClose={() => setDialog(null)} title={dialog === 'add' ? 'Never mail these addresses' : 'Mail these addresses again'} size={dialog === 'add' ? 'lg' : 'md'}>
        {dialog === 'add' && <AddSuppressions onDone={() => setDialog(null)} />}
        {dialog === 'clearDomain' && <ClearByDomain onDone={endClearing} />}
        {dialog === 'clearChosen' && <ClearChosen ids={[...selection.ids]} onDone={endClearing} />}
      </Modal>
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
