/** One scheduled job: its schedule, the runs to come, the runs that were. */
import { Group, Stack, Text } from '@mantine/core'
import { useParams } from 'react-router'
import * as api from '../../../src/jobs/contract.ts'
import { usePages, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { countsInWords, tookWords } from './run-words.ts'
import { ScheduleEditor } from './ScheduleEditor.tsx'
import { ActiveSwitch, RunNow } from './ScheduledJobsScreen.tsx'

export function ScheduledJobScreen() {
  const { name = '' } = useParams()
  const job = useRead(api.getScheduledJob, { params: { name } }, { every: 5_000 })
  return (
    <Page title={job.title} mark={<StatusBadge status={job.status} />} back={{ to: paths.scheduledJobs(), title: 'Scheduled Jobs' }}
      about={job.scheduleInWords} action={<Group><ActiveSwitch job={job} label="Active" /><RunNow job={job} /></Group>}>
      <Stack>
        <Panel title="Schedule"><ScheduleEditor key={job.version} job={job} /></Panel>
        <Panel title="Runs" flush><Runs name={name} /></Panel>
      </Stack>
    </Page>
  )
}

type Run = Partial<NonNullable<api.ScheduledJob['lastRun']>>

const columns: Column<Run>[] = [
  { key: 'startedAt', title: 'Started', cell: ({ startedAt }) => <TimeAgo at={startedAt} /> },
  { key: 'outcome', title: 'Outcome', cell: ({ outcome }) => <StatusBadge status={outcome!} size="sm" /> },
  { key: 'took', title: 'Took', cell: ({ startedAt, endedAt }) => (endedAt ? tookWords(startedAt!, endedAt) : '–') },
  { key: 'byHand', title: 'Started by', cell: ({ byHand }) => (byHand ? 'A person' : 'The schedule') },
  { key: 'what', title: 'What it did', cell: ({ outcome, error, counts }) => (outcome === 'running' ? 'Still at it' : error ? <Fault text={error} /> : countsInWords(counts ?? {})) },
]

/** In full: what is cut cannot be mended. */
const Fault = ({ text }: { text: string }) => <Text size="sm" c="var(--tidings-bad)" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Text>

function Runs({ name }: { name: string }) {
  const pages = usePages(api.listJobRuns, { params: { name } }, { every: 5_000 })
  return <DataTable label="Runs" {...pages} columns={columns} rowId={({ id }) => id!} empty={<Empty>This job has not run yet. Press Run now, or wait for its time.</Empty>} />
}
