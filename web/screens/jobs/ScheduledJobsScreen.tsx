/** Administration > Scheduled Jobs: when each job runs, whether it may, how its last run went, and Run now. */
import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import * as api from '../../../src/jobs/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { followTask } from '../../api/task.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed } from '../../ui/notice.tsx'
import { RunMarks } from './RunMarks.tsx'

type Job = Partial<api.ScheduledJob>

export function ScheduledJobsScreen() {
  return (
    <Page title="Scheduled Jobs" back={{ to: paths.administration(), title: 'Administration' }}
      about="Background work. Each job runs by its schedule; you may change it, switch it off, or run it now.">
      <Panel title="Jobs" flush><Jobs /></Panel>
    </Page>
  )
}

const columns: Column<Job>[] = [
  { key: 'title', title: 'Job', cell: ({ title }) => title },
  { key: 'schedule', title: 'Schedule', cell: ({ scheduleInWords }) => scheduleInWords },
  { key: 'next', title: 'Next run', cell: ({ nextRuns }) => <TimeAgo at={nextRuns?.[0]} empty="Not while inactive" /> },
  { key: 'last', title: 'Last run', cell: ({ recentRuns }) => <LastRuns runs={recentRuns ?? []} /> },
  { key: 'status', title: 'Active', cell: (job) => <ActiveSwitch job={job} /> },
  { key: 'run', title: 'Run', align: 'right', cell: (job) => <RunNow job={job} /> },
]

function Jobs() {
  const { rows, loading, error, again } = usePages(api.listScheduledJobs, {}, { every: 5_000 })
  return (
    <DataTable label="Scheduled jobs" rows={rows} columns={columns} rowId={({ name }) => name!} linkTo={({ name }) => paths.scheduledJob(name!)}
      loading={loading} error={error} again={again} />
  )
}

function LastRuns({ runs }: { runs: api.ScheduledJob['recentRuns'] }) {
  const [run] = runs
  if (!run) return <Text size="sm" c="dimmed">Never</Text>
  return (
    <Stack gap={4}>
      <Group gap={8} wrap="nowrap"><StatusBadge status={run.outcome} size="sm" /><TimeAgo at={run.startedAt} /></Group>
      {runs.length > 1 && <RunMarks runs={runs} />}
    </Stack>
  )
}

export function ActiveSwitch({ job: { name, title, status }, label }: { job: Job; label?: string }) {
  const change = useAction(api.changeScheduledJob, { refreshes: [api.listScheduledJobs, api.getScheduledJob] })
  return (
    <Switch label={label} aria-label={`${title} is active`} checked={status === 'active'} disabled={change.isPending}
      onChange={(event) => change.mutate({ params: { name: name! }, body: { status: event.currentTarget.checked ? 'active' : 'inactive' } }, { onError: failed })} />
  )
}

export function RunNow({ job: { name, title } }: { job: Job }) {
  const run = useAction(api.runScheduledJob, { refreshes: [api.listScheduledJobs, api.getScheduledJob, api.listJobRuns], done: ({ task }) => followTask(task) })
  return (
    <Button size="compact-sm" variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} loading={run.isPending} aria-label={`Run ${title} now`}
      onClick={() => run.mutate({ params: { name: name! } }, { onError: failed })}>Run now</Button>
  )
}
