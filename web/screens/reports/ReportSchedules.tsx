/** On which schedules a report is mailed, and what came of the last mails. */
import { Button, Group, Paper, Stack, Switch, Text } from '@mantine/core'
import { IconMailForward, IconMailOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/report-mail/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { shortTime } from '../../ui/time.ts'
import { LastMails } from './LastMails.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'

export function ReportSchedules({ reportId }: { reportId: string }) {
  const [open, setOpen] = useState<api.ReportSchedule | 'new' | null>(null)
  const add = <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>Add a schedule</Button>
  return (
    <div data-no-print>
      <Panel title="By mail" foldsAs="report-schedules" action={add}><Schedules reportId={reportId} onEdit={setOpen} /></Panel>
      {open && <ScheduleDialog reportId={reportId} schedule={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Schedules({ reportId, onEdit }: { reportId: string; onEdit: (schedule: api.ReportSchedule) => void }) {
  const { rows, loading, error } = usePages(api.listReportSchedules, { query: { reportId } })
  if (error) return <ErrorNote error={error} />
  if (loading) return null
  if (rows.length === 0) return <Empty icon={IconMailForward}>This report is mailed to nobody. A schedule sends it, for example every Monday, to you and others, each with what they may see.</Empty>
  return <Stack gap="sm">{(rows as api.ReportSchedule[]).map((schedule) => <ScheduleCard key={schedule.id} schedule={schedule} onEdit={() => onEdit(schedule)} />)}</Stack>
}

const files = { none: null, csv: 'with a CSV file', xlsx: 'with a spreadsheet' }

function ScheduleCard({ schedule, onEdit }: { schedule: api.ReportSchedule; onEdit: () => void }) {
  const { name, scheduleInWords, nextRuns, recipients, attach, onlyIfRows, lastMails, mayChange, timeZone } = schedule
  const whyNot = mayChange ? undefined : 'Only whoever made this schedule, or may change the report, may do this.'
  const facts = [`To ${recipients.map((each) => (each.canBeMailed ? each.name : `${each.name} (cannot be mailed)`)).join(', ') || 'nobody'}`, files[attach], onlyIfRows && 'only when something is found'].filter(Boolean)
  return (
    <Paper withBorder p="sm" component="section" aria-label={name || scheduleInWords}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Text fw={600} size="sm">{name ? `${name}: ${scheduleInWords}` : scheduleInWords}</Text>
          <ActiveSwitch schedule={schedule} reason={whyNot} />
        </Group>
        <Text size="sm">{facts.join(' · ')}</Text>
        <Text size="xs" c="dimmed">{nextRuns.length > 0 ? `Next: ${nextRuns.map((at) => shortTime(at)).join(' · ')} (schedule in ${timeZone})` : 'It is off: nothing is mailed.'}</Text>
        {lastMails.length > 0 && <LastMails mails={lastMails} />}
        <Actions schedule={schedule} reason={whyNot} onEdit={onEdit} />
      </Stack>
    </Paper>
  )
}

const refreshes = [api.listReportSchedules, api.getReportSchedule]

function ActiveSwitch({ schedule: { id, active, name, scheduleInWords }, reason }: { schedule: api.ReportSchedule; reason: string | undefined }) {
  const change = useAction(api.changeReportSchedule, { refreshes })
  return (
    <Switch size="sm" label="Active" aria-label={`${name || scheduleInWords} is active`} checked={active} disabled={change.isPending || reason !== undefined} title={reason}
      onChange={(event) => change.mutate({ params: { id }, body: { active: event.currentTarget.checked } }, { onError: failed })} />
  )
}

function Actions({ schedule: { id, scheduleInWords, userIds }, reason, onEdit }: { schedule: api.ReportSchedule; reason: string | undefined; onEdit: () => void }) {
  const me = useMe()
  const leave = useAction(api.leaveReportSchedule, { refreshes, done: () => succeeded('You do not get it any more.') })
  const send = useAction(api.sendReportToMe, { done: ({ to }) => succeeded(`On its way to ${to}.`) })
  const remove = useAction(api.removeReportSchedule, { refreshes, done: () => succeeded('The schedule is gone.') })
  const ask = async () => {
    if (await confirm({ title: 'Delete this schedule?', body: `${scheduleInWords}: the report is not mailed any more. The report itself stays.`, confirm: 'Delete', danger: true })) remove.mutate({ params: { id } }, { onError: failed })
  }
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" leftSection={<IconMailForward size={14} aria-hidden />} loading={send.isPending} onClick={() => send.mutate({ params: { id } }, { onError: failed })}>Send now to me</Button>
      {reason !== undefined && userIds.includes(me.id) && <Button size="compact-sm" variant="default" leftSection={<IconMailOff size={14} aria-hidden />} loading={leave.isPending} onClick={() => leave.mutate({ params: { id } }, { onError: failed })}>Take me out</Button>}
      <ReasonButton size="compact-sm" variant="default" leftSection={<IconPencil size={14} aria-hidden />} reason={reason} onClick={onEdit}>Change</ReasonButton>
      <ReasonButton size="compact-sm" variant="default" leftSection={<IconTrash size={14} aria-hidden />} reason={reason} onClick={() => { void ask() }}>Delete</ReasonButton>
    </Group>
  )
}
