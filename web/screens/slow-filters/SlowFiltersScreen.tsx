/** Administration > Slow Filters: fields by which lists were slow to filter or sort, and the index that makes them quick. */
import { Button, Menu, Text } from '@mantine/core'
import { IconBolt, IconEyeOff, IconTrash } from '@tabler/icons-react'
import * as api from '../../../src/slow-filters/contract.ts'
import { call, useAction, usePages, useRefresh } from '../../api/client.ts'
import { followTask } from '../../api/task.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { counted } from '../../ui/words.ts'

type SlowFilter = api.SlowFilter

const uses: Record<SlowFilter['kind'], string> = { order: 'Exact values, ranges, sorting', words: 'Any part of the text', members: 'Lists that contain it' }

const columns: Column<SlowFilter>[] = [
  { key: 'field', title: 'Field', cell: ({ plural, label }) => <b>{plural}: {label}</b> },
  { key: 'kind', title: 'Asked for', cell: ({ kind }) => uses[kind] },
  { key: 'times', title: 'Slow', cell: ({ times, slowestMs }) => `${counted(times, 'time')}, up to ${(slowestMs / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s` },
  { key: 'lastAt', title: 'Last', cell: ({ lastAt }) => <TimeAgo at={lastAt} /> },
  { key: 'index', title: 'Index', cell: (filter) => <Index filter={filter} />, width: 230 },
]

export function SlowFiltersScreen() {
  const pages = usePages(api.listSlowFilters, {}, { every: 2_000 })
  return (
    <Page title="Slow Filters" back={{ to: paths.administration(), title: 'Administration' }}
      about="Fields by which lists of many records were slow to filter or sort. An index makes them quick; it costs some disk, and a little time whenever a record is written.">
      <Panel title="Slow filters" flush hideTitle>
        <DataTable label="Slow filters" {...pages} rows={pages.rows as SlowFilter[]} columns={columns} rowId={({ id }) => id} menu={(filter) => <FilterMenu filter={filter} />}
          empty={<Empty icon={IconBolt} title="Nothing is slow">Lists answer quickly. When filtering or sorting by a field takes long, it stands here, and you can have it made quick.</Empty>} />
      </Panel>
    </Page>
  )
}

function Index({ filter: { id, plural, label, index, task } }: { filter: SlowFilter }) {
  const make = useAction(api.makeIndex, { refreshes: [api.listSlowFilters], done: ({ task: started }) => followTask(started) })
  if (index.state === 'made') return <StatusBadge status="ok" size="sm">Made{index.bytes ? `, ${sizeOf(index.bytes)}` : ''}</StatusBadge>
  if (index.state === 'making' && task) return <div style={{ minWidth: 120 }}><ProgressBar {...task.progress} label={`Index for ${plural}: ${label}`} moving quiet /></div>
  return (
    <div>
      <Button size="compact-sm" variant="default" leftSection={<IconBolt size={14} aria-hidden />} loading={make.isPending} aria-label={`Make the index for ${plural}: ${label}`}
        onClick={() => make.mutate({ params: { id } }, { onError: failed })}>Make index</Button>
      {task?.status === 'failed' && <Text size="sm" c="var(--tidings-bad)" style={{ whiteSpace: 'normal' }}>{task.error}</Text>}
    </div>
  )
}

function FilterMenu({ filter: { id, plural, label, index } }: { filter: SlowFilter }) {
  const refresh = useRefresh()
  const forget = useAction(api.forgetSlowFilter, { refreshes: [api.listSlowFilters] })
  const remove = async () => {
    const sure = await confirm({ title: `Remove the index for ${plural}: ${label}?`, body: 'Filtering and sorting by this field is slow again then. No record changes.', confirm: 'Remove', danger: true })
    if (!sure) return
    await call(api.removeIndex, { params: { id } })
    await refresh(api.listSlowFilters)
    succeeded('The index is removed.')
  }
  return (
    <>
      <Menu.Item leftSection={<IconEyeOff size={16} aria-hidden />} onClick={() => forget.mutate({ params: { id } }, { onError: failed })}>Forget</Menu.Item>
      <ReasonMenuItem icon={IconTrash} danger reason={index.state === 'made' ? undefined : 'There is no index yet.'} onClick={() => { remove().catch(failed) }}>Remove the index</ReasonMenuItem>
    </>
  )
}

const sizeOf = (bytes: number) => (bytes < 2 ** 30 ? `${Math.max(1, Math.round(bytes / 2 ** 20)).toLocaleString()} MB` : `${(bytes / 2 ** 30).toLocaleString(undefined, { maximumFractionDigits: 1 })} GB`)
