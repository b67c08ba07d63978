/** Fills a list from a report, once or from now on, making the list where there is none yet. */
import { useMutation } from '@tanstack/react-query'
import * as audience from '../../../src/audience/contract.ts'
import * as api from '../../../src/list-sync/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { followIfTask } from '../../api/task.ts'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

export type Fill = { reportId: string; how: 'once' | api.ReportSync['mode']; into: { name: string; id?: string } }

/** `done` gets the list's id. */
export function useFill(done: (listId: string) => void) {
  const refresh = useRefresh()
  return useMutation<string, ApiError, Fill>({
    mutationFn: fill,
    onSuccess: async (listId) => {
      await refresh(audience.getTargetList, audience.listMembers, audience.listTargetLists, audience.getGrowth, api.getReportSync, api.listSyncRuns)
      done(listId)
    },
  })
}

async function fill({ reportId, how, into }: Fill): Promise<string> {
  const id = into.id ?? (await call(audience.createTargetList, { body: { name: into.name } })).id
  const answer = await (how === 'once' ? call(audience.addMembers, { params: { id }, body: { reportId } }) : keepInStep(id, reportId, how)).catch(async (error) => {
    // An empty list with nothing to fill it would be left behind.
    if (!into.id) await call(audience.removeTargetList, { params: { id } }).catch(() => {})
    throw error
  })
  if (followIfTask(answer)) return id
  const { added, alreadyThere = 0 } = answer as { added: number; alreadyThere?: number }
  succeeded(`${counted(added, 'member')} added to “${into.name}”${alreadyThere > 0 ? `, ${alreadyThere.toLocaleString()} were in it already` : ''}.`)
  return id
}

/** Beside the reports that it follows already. */
async function keepInStep(id: string, reportId: string, mode: api.ReportSync['mode']) {
  const { reportIds } = await call(api.getReportSync, { params: { id } })
  await call(api.setReportSync, { params: { id }, body: { reportIds: [...new Set([...reportIds, reportId])], mode, active: true } })
  return call(api.runReportSync, { params: { id }, body: { careful: true } })
}
