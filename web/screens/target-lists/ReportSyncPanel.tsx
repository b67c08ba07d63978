/** Which reports a list is kept in step with: what the last run did, with whose rights, what is wrong and what to do. */
import { Alert, Anchor, Badge, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { Link } from 'react-router'
import * as audience from '../../../src/audience/contract.ts'
import * as api from '../../../src/list-sync/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useWhyNot } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { ReportSyncForm } from './ReportSyncForm.tsx'
import { SyncHistory } from './SyncHistory.tsx'
import { changeWords, leavingWords } from './sync-words.ts'
import { useSyncNow } from './use-sync-now.ts'

type List = { id: string; name: string }

export function ReportSyncPanel({ list }: { list: List }) {
  return <Panel title="Reports in step" foldsAs="target-list-reports"><InStep list={list} /></Panel>
}

function InStep({ list }: { list: List }) {
  const sync = useRead(api.getReportSync, { params: { id: list.id } }, { every: 30_000 })
  const [open, setOpen] = useState<'form' | 'history' | null>(null)
  const whyNot = useWhyNot('TargetList', 'edit', 'target lists')
  const close = () => setOpen(null)
  return (
    <Stack gap="sm">
      {sync.reports.length === 0 && !sync.active
        ? <None whyNot={whyNot} onStart={() => setOpen('form')} />
        : <Kept list={list} sync={sync} whyNot={whyNot} onChange={() => setOpen('form')} />}
      {sync.lastRun && <LastRun run={sync.lastRun} onHistory={() => setOpen('history')} />}
      {open === 'form' && <ReportSyncForm list={list} sync={sync} onClose={close} />}
      {open === 'history' && <SyncHistory listId={list.id} onClose={close} />}
    </Stack>
  )
}

function None({ whyNot, onStart }: { whyNot: string | undefined; onStart: () => void }) {
  return (
    <>
      <Text size="sm" c="dimmed">Nobody joins or leaves this list by a report. Let it follow one: who matches comes by itself, before every mailing.</Text>
      <Group><ReasonButton size="xs" variant="default" reason={whyNot} onClick={onStart}>Keep in step…</ReasonButton></Group>
    </>
  )
}

function Kept({ list, sync, whyNot, onChange }: { list: List; sync: api.ReportSync; whyNot: string | undefined; onChange: () => void }) {
  const { active, runAs, problem, lastRun } = sync
  const set = useAction(api.setReportSync, { refreshes: [api.getReportSync, audience.getTargetList] })
  const syncNow = useSyncNow(list)
  const held = problem?.outcome === 'held' && lastRun ? { leaving: lastRun.leaving, members: lastRun.members } : undefined
  return (
    <>
      <Text size="sm">Everybody in <ReportNames reports={sync.reports} /> joins; {leavingWords(sync)}.</Text>
      <Group gap="xs">
        <Badge color={active ? (problem ? 'red' : 'green') : 'gray'}>{active ? (problem ? 'Not in step' : 'In step') : 'Off'}</Badge>
        {active && <Text size="xs" c="dimmed">with the rights of {runAs ? `${runAs.name}${runAs.isActive ? '' : ' (inactive)'}` : 'somebody who is gone'}</Text>}
      </Group>
      {problem && (
        <Alert color={problem.outcome === 'held' ? 'lamp' : 'red'} variant="light" icon={<IconAlertTriangle aria-hidden />} title="Nothing is changed for now" role="status">
          <Text size="sm">{problem.message}</Text>
          <Text size="sm" mt={4}>{problem.advice}</Text>
        </Alert>
      )}
      <ErrorNote error={set.error} />
      <Group gap="xs">
        {active && <ReasonButton size="xs" leftSection={<IconRefresh size={15} aria-hidden />} reason={whyNot} onClick={() => { void syncNow(held) }}>Sync now</ReasonButton>}
        <ReasonButton size="xs" variant="default" reason={whyNot} onClick={onChange}>Change…</ReasonButton>
        <ReasonButton size="xs" variant="default" loading={set.isPending} reason={whyNot} onClick={() => set.mutate({ params: { id: list.id }, body: { active: !active } })}>{active ? 'Switch off' : 'Switch on'}</ReasonButton>
      </Group>
    </>
  )
}

function ReportNames({ reports }: { reports: api.ReportSync['reports'] }) {
  return reports.map(({ id, name }, index) => (
    <Fragment key={id}>
      {index > 0 && ' or '}
      {name === null ? 'a report that you may not see' : <Anchor component={Link} to={paths.report(id)} inherit underline="always">“{name}”</Anchor>}
    </Fragment>
  ))
}

function LastRun({ run, onHistory }: { run: api.SyncRun; onHistory: () => void }) {
  return (
    <Text size="sm" c="dimmed">
      Last sync: <span className="numbers">{changeWords(run)}</span>, <TimeAgo at={run.at} />. <Anchor component="button" type="button" size="sm" onClick={onHistory}>All runs</Anchor>
    </Text>
  )
}
