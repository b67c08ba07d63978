/** What can be done with a whole report, from its row and from its page. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { listReportSchedules } from '../../../src/report-mail/contract.ts'
import * as api from '../../../src/reports/contract.ts'
import { call, useLook, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded, undo } from '../../ui/notice.tsx'
import { deleteWords } from './report-words.ts'

const mostPins = 12

/** The reports on one's Home, in their order. What is changed shows at once. */
export function usePins() {
  const client = useQueryClient()
  const refresh = useRefresh()
  const pins = useLook(api.listPins)
  const items = pins.data?.items ?? []
  const set = async (reports: api.Report[]) => {
    client.setQueriesData({ queryKey: [api.listPins.path] }, { items: reports })
    try {
      await call(api.setPins, { body: { reportIds: reports.map(({ id }) => id) } })
    } catch (error) {
      failed(error)
    }
    await refresh(api.listPins, api.listReports, api.getReport)
  }
  const whyNotPin = items.length >= mostPins ? `Twelve reports find room on Home. Take one off first.` : undefined
  return { items, known: pins.data !== undefined, error: pins.error, set, whyNotPin }
}

export function usePinSwitch(report: Pick<api.Report, 'id' | 'name' | 'pinned'>) {
  const { items, set, whyNotPin } = usePins()
  const refresh = useRefresh()
  const pin = async () => {
    await call(api.setPins, { body: { reportIds: [...items.map(({ id }) => id), report.id] } })
    await refresh(api.listPins, api.listReports, api.getReport)
    succeeded(`“${report.name}” stands on your Home now.`)
  }
  const unpin = async () => {
    const before = items
    await set(items.filter(({ id }) => id !== report.id))
    undo(`“${report.name}” is off your Home.`, () => { void set(before) })
  }
  return { pin: () => { pin().catch(failed) }, unpin: () => { unpin().catch(failed) }, whyNotPin }
}

export function useReportActions({ id, name }: Pick<api.Report, 'id' | 'name'>, onDeleted?: () => void) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const duplicate = async () => {
    const copy = await call(api.duplicateReport, { params: { id }, body: {} })
    await refresh(api.listReports)
    succeeded(`“${copy.name}” is a report of its own.`)
    await navigate(paths.editReport(copy.id))
  }
  const remove = async () => {
    const { total: schedules } = await call(listReportSchedules, { query: { reportId: id, limit: 1, fields: 'id' } })
    const sure = await confirm({
      title: `Delete “${name}”?`, body: deleteWords(schedules), confirm: 'Delete report', danger: true,
    })
    if (!sure) return
    await call(api.removeReport, { params: { id } })
    onDeleted?.()
    await refresh(api.listReports, api.listPins)
    succeeded(`“${name}” is deleted.`)
  }
  return { duplicate: () => { duplicate().catch(failed) }, remove: () => { remove().catch(failed) } }
}
