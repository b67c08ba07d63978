/** When a job runs: common choices as buttons, any cron expression, and what it means while it is typed. */
import { Alert, Button, Group, List, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useId, useState } from 'react'
import * as api from '../../../src/jobs/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { shortTime } from '../../ui/time.ts'

const choices = [
  ['* * * * *', 'Every minute'], ['*/5 * * * *', 'Every 5 minutes'], ['*/15 * * * *', 'Every 15 minutes'], ['0 * * * *', 'Every hour'],
  ['0 3 * * *', 'Every night at 3:00'], ['*/15 8-17 * * 1-5', 'Working hours, every 15 minutes'], ['0 6 * * 1', 'Mondays at 6:00'],
] as const

/** Somebody who types is not asked about every letter. */
const restMilliseconds = 250

export function ScheduleEditor({ job: { name, schedule: saved, status } }: { job: api.ScheduledJob }) {
  const [schedule, setSchedule] = useState(saved)
  const [rested] = useDebouncedValue(schedule.trim(), restMilliseconds)
  const preview = useLook(api.previewSchedule, { query: { schedule: rested } }, { every: 30_000 }).data
  const save = useAction(api.changeScheduledJob, { refreshes: [api.listScheduledJobs, api.getScheduledJob], done: () => succeeded('Schedule changed.') })
  const isSaved = schedule.trim() === saved
  const fault = save.error?.byField['schedule'] ?? (isSaved ? null : preview?.fault)
  const submit = () => save.mutate({ params: { name }, body: { schedule } })
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!isSaved) submit() }}>
      <Stack gap="sm">
        {save.error && save.error.errors.length === 0 && <ErrorNote error={save.error} />}
        <Group gap={6} role="group" aria-label="Common schedules">
          {choices.map(([value, words]) => (
            <Button key={value} size="compact-sm" variant={schedule.trim() === value ? 'light' : 'default'} aria-pressed={schedule.trim() === value} onClick={() => { save.reset(); setSchedule(value) }}>{words}</Button>
          ))}
        </Group>
        <Group align="flex-end" gap="sm">
          <TextInput label="Cron expression" description="Minute, hour, day of month, month, weekday. */5 * * * * is every five minutes." w={{ base: '100%', sm: 380 }} value={schedule} error={fault} spellCheck={false} autoComplete="off"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => { save.reset(); setSchedule(event.currentTarget.value) }} />
          <ReasonButton type="submit" loading={save.isPending} reason={isSaved ? 'Nothing was changed.' : fault ? 'This is no schedule yet.' : undefined} onClick={() => {}}>Save</ReasonButton>
          {!isSaved && <Button variant="subtle" color="gray" onClick={() => { save.reset(); setSchedule(saved) }}>Back to what is saved</Button>}
        </Group>
        {preview && !preview.fault && <Meaning preview={preview} isSaved={isSaved} active={status === 'active'} />}
      </Stack>
    </form>
  )
}

type Preview = { scheduleInWords: string; nextRuns: string[] }

function Meaning({ preview: { scheduleInWords, nextRuns }, isSaved, active }: { preview: Preview; isSaved: boolean; active: boolean }) {
  const id = useId()
  const would = isSaved ? (active ? 'Next runs' : 'It would run, were it active') : 'Once saved it runs'
  return (
    <section aria-live="polite" aria-labelledby={id}>
      <Text size="sm" fw={600}>{scheduleInWords}</Text>
      <Text size="sm" c="dimmed" id={id}>{would}</Text>
      <List size="sm">{nextRuns.map((at) => <List.Item key={at}>{shortTime(at)} <Text span size="sm" c="dimmed">(<TimeAgo at={at} />)</Text></List.Item>)}</List>
      {!active && <Alert color="lamp" variant="light" mt="xs" p="xs">Inactive: it runs only when somebody presses Run now.</Alert>}
    </section>
  )
}
