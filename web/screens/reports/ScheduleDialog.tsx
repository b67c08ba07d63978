/** When a report is mailed, to whom, and with what. */
import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import * as api from '../../../src/report-mail/contract.ts'
import { useAction } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { RecipientsInput } from './RecipientsInput.tsx'
import { choiceFor, ownTimes, usualTimes } from './schedule-times.ts'

type ScheduleDialogProps = { reportId: string; schedule?: api.ReportSchedule | undefined; onClose: () => void }

export function ScheduleDialog({ reportId, schedule, onClose }: ScheduleDialogProps) {
  const me = useMe()
  const [draft, setDraft] = useState({ name: schedule?.name ?? '', schedule: schedule?.schedule ?? '0 8 * * 1', attach: schedule?.attach ?? 'none', includeChart: schedule?.includeChart ?? true, onlyIfRows: schedule?.onlyIfRows ?? false })
  const [people, setPeople] = useState(schedule?.recipients.map(({ id, name }) => ({ id, name })) ?? [{ id: me.id, name: me.name || me.userName }])
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const { save, error, pending } = useSave(reportId, schedule, onClose)
  const faultOf = (path: string) => error?.errors.find((fault) => fault.path.startsWith(path))?.message
  return (
    <Modal opened onClose={onClose} title={schedule ? 'Change the schedule' : 'Mail this report on a schedule'}>
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); save({ ...draft, userIds: people.map(({ id }) => id) }) }}>
        <Stack gap="sm">
          {error && error.errors.length === 0 && <ErrorNote error={error} />}
          <TimesInput schedule={draft.schedule} onSchedule={(text) => change({ schedule: text })} error={faultOf('schedule')} />
          <RecipientsInput value={people} onValue={setPeople} error={faultOf('userIds')} />
          <Select label="File" value={draft.attach} onChange={(attach) => { if (attach) change({ attach }) }}
            data={[{ value: 'none', label: 'No file' }, { value: 'csv', label: 'All rows as CSV' }, { value: 'xlsx', label: 'All rows as a spreadsheet (XLSX)' }] as const satisfies { value: api.ReportSchedule['attach']; label: string }[]} />
          <Checkbox label="With the chart as a picture, where the report has one" checked={draft.includeChart} onChange={(event) => change({ includeChart: event.currentTarget.checked })} />
          <Checkbox label="Only when the report finds something" checked={draft.onlyIfRows} onChange={(event) => change({ onlyIfRows: event.currentTarget.checked })} />
          <TextInput label="Name" placeholder="Optional: what it is for" maxLength={200} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" loading={pending}>Save</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}

function useSave(reportId: string, schedule: api.ReportSchedule | undefined, onClose: () => void) {
  const how = { refreshes: [api.listReportSchedules, api.getReportSchedule], done: ({ scheduleInWords }: { scheduleInWords: string }) => { succeeded(`Mailed: ${scheduleInWords}.`); onClose() } }
  const create = useAction(api.createReportSchedule, how)
  const change = useAction(api.changeReportSchedule, how)
  type Values = { schedule: string; userIds: string[]; name: string; attach: api.ReportSchedule['attach']; includeChart: boolean; onlyIfRows: boolean }
  const save = (body: Values) => (schedule ? change.mutate({ params: { id: schedule.id }, body }) : create.mutate({ body: { ...body, reportId } }))
  return { save, error: create.error ?? change.error, pending: create.isPending || change.isPending }
}

function TimesInput({ schedule, onSchedule, error }: { schedule: string; onSchedule: (schedule: string) => void; error?: string | undefined }) {
  const [choice, setChoice] = useState(choiceFor(schedule))
  return (
    <>
      <Select label="When" data={[...usualTimes, { value: ownTimes, label: 'Other times…' }]} value={choice} data-autofocus error={choice === ownTimes ? undefined : error}
        onChange={(value) => { if (!value) return; setChoice(value); if (value !== ownTimes) onSchedule(value) }} />
      {choice === ownTimes && (
        <TextInput label="Cron expression" description="Minute, hour, day of month, month, weekday, in the time zone of this installation. Looked at every quarter of an hour." required value={schedule} error={error}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => onSchedule(event.currentTarget.value)} />
      )}
    </>
  )
}
