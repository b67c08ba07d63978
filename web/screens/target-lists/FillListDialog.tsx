/** From a target list to a report: everybody in it joins, or leaves, once. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { followIfTask } from '../../api/task.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { type Chosen, ReportsInput } from './ReportsInput.tsx'

type List = { id: string; name: string }
const refreshes = [api.getTargetList, api.listMembers, api.listTargetLists, api.getGrowth]

/** Opened from a menu, which is gone by then. */
export const openFill = (list: List) => modals.open({ title: `Fill “${list.name}” from a report`, children: <FillList list={list} /> })
export const openEmptyByReport = (list: List) => modals.open({ title: `Take everybody in a report out of “${list.name}”`, children: <EmptyByReport list={list} /> })

const close = () => modals.closeAll()

function FillList({ list }: { list: List }) {
  const fill = useAction(api.addMembers, {
    refreshes,
    done: (answer) => {
      close()
      if (followIfTask(answer)) return
      const { added, alreadyThere } = answer as { added: number; alreadyThere: number }
      succeeded(`${counted(added, 'member')} added${alreadyThere > 0 ? `, ${alreadyThere.toLocaleString()} were in it already` : ''}.`)
    },
  })
  return (
    <ReportForm verb="Fill it" about="Everybody in the report whom you may see joins once. Whoever opted out of the list stays opted out." busy={fill.isPending} error={fill.error} onReport={(reportId) => fill.mutate({ params: { id: list.id }, body: { reportId } })} />
  )
}

function EmptyByReport({ list }: { list: List }) {
  const remove = useAction(api.removeMembers, {
    refreshes,
    done: (answer) => {
      close()
      if (!followIfTask(answer)) succeeded(`${counted((answer as { removed: number }).removed, 'member')} taken out.`)
    },
  })
  return (
    <ReportForm verb="Take out" danger about="The records themselves and all opt-outs stay. This cannot be undone." busy={remove.isPending} error={remove.error} onReport={(reportId) => remove.mutate({ params: { id: list.id }, body: { reportId } })} />
  )
}

type ReportFormProps = { about: string; verb: string; danger?: boolean; busy: boolean; error: unknown; onReport: (reportId: string) => void }

function ReportForm({ about, verb, danger = false, busy, error, onReport }: ReportFormProps) {
  const [report, setReport] = useState<Chosen | null>(null)
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (report) onReport(report.id) }}>
      <Stack gap="md">
        {/* One at a time: the last one chosen. */}
        <ReportsInput label="Report" value={report ? [report] : []} onChange={(reports) => setReport(reports.at(-1) ?? null)} />
        <Text size="sm" c="dimmed">{about}</Text>
        <ErrorNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>Cancel</Button>
          <Button type="submit" loading={busy} {...(danger && { color: 'red' })} disabled={!report} title={report ? undefined : 'Choose a report first'}>{verb}</Button>
        </Group>
      </Stack>
    </form>
  )
}
