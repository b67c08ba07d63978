/** One scheduled job: its schedule, the runs to come, the runs that were. */
import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useParams } from 'react-router'
import * as api from '../../../src/jobs/contract.ts'
import { useAction, usePages, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { duration, shortTime } from '../../ui/time.ts'
import { inWords } from '../../ui/words.ts'
import { ActiveSwitch, RunNow } from './ScheduledJobsScreen.tsx'

export function ScheduledJobScreen() {
  const { name = '' } = useParams()
  const job = useRead(api.getScheduledJob, { params: { name } }, { every: 5_000 })
  return (
    <Page title={job.title} mark={<StatusBadge status={job.status} />} back={{ to: paths.scheduledJobs(), title: 'Scheduled Jobs' }}
      about={job.scheduleInWords} action={<Group><ActiveSwitch job={job} label="Active" /><RunNow job={job} /></Group>}>
      <Stack>
        <Panel title="Schedule"><Schedule key={job.version} job={job} /></Panel>
        <Panel title="Runs" flush><Runs name={name} /></Panel>
      </Stack>
    </Page>
  )
}

function Schedule({ job: { name, schedule, nextRuns } }: { job: api.ScheduledJob }) {
  const form = useForm({ initialValues: { schedule } })
  const save = useAction(api.changeScheduledJob, { refreshes: [api.listScheduledJobs, api.getScheduledJob], done: () => succeeded('Schedule changed.') })
  const submit = form.onSubmit((body) => save.mutate({ params: { name }, body }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {save.error && save.error.errors.length === 0 && <ErrorNote error={save.error} />}
        <Group align="flex-end" gap="sm">
          <TextInput label="Cron expression" description="Minute, hour, day of month, month, weekday. */5 * * * * is every five minutes." w={{ base: '100%', sm: 360 }} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} {...form.getInputProps('schedule')} />
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending} title={form.isDirty() ? undefined : 'Nothing was changed'}>Save</Button>
        </Group>
        {nextRuns.length > 0
          ? <div><Text size="sm" fw={500}>Next runs</Text><List size="sm">{nextRuns.map((at) => <List.Item key={at}>{shortTime(at)}</List.Item>)}</List></div>
          : <Text size="sm" c="dimmed">Inactive: it runs only when somebody presses Run now.</Text>}
      </Stack>
    </form>
  )
}

type Run = Partial<NonNullable<api.ScheduledJob['lastRun']>>

const columns: Column<Run>[] = [
  { key: 'startedAt', title: 'Started', cell: ({ startedAt }) => <TimeAgo at={startedAt} /> },
  { key: 'outcome', title: 'Outcome', cell: ({ outcome }) => <StatusBadge status={outcome!} size="sm" /> },
  { key: 'took', title: 'Took', cell: ({ startedAt, endedAt }) => (endedAt ? tookWords(startedAt!, endedAt) : '–') },
  { key: 'byHand', title: 'Started by', cell: ({ byHand }) => (byHand ? 'A person' : 'The schedule') },
  { key: 'what', title: 'What it did', cell: ({ error, counts }) => error ?? countsInWords(counts ?? {}) },
]

const countsInWords = (counts: Record<string, number>) =>
  Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${count.toLocaleString()} ${inWords(name).toLowerCase()}`).join(' · ') || 'Nothing to do'

function tookWords(from: string, to: string): string {
  const seconds = (new Date(to).getTime() - new Date(from).getTime()) / 1000
  return seconds < 1 ? 'under a second' : duration(seconds)
}

function Runs({ name }: { name: string }) {
  const pages = usePages(api.listJobRuns, { params: { name } }, { every: 5_000 })
  return <DataTable label="Runs" {...pages} columns={columns} rowId={({ id }) => id!} empty={<Empty>This job has not run yet.</Empty>} />
}
