/** *Sync now*: asks first where an excluding list would lose more than half of its members. */
import * as audience from '../../../src/audience/contract.ts'
import * as api from '../../../src/list-sync/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import { followIfTask } from '../../api/task.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

type List = { id: string; name: string }

/** `held`: how many would leave, where that is known from the last run. */
export function useSyncNow(list: List) {
  const refresh = useRefresh()
  const run = async (careful: boolean) => {
    const answer = await call(api.runReportSync, { params: { id: list.id }, body: { careful } })
    if (followIfTask(answer)) return
    const { added, removed } = answer as { added: number; removed: number }
    succeeded(added + removed === 0 ? `“${list.name}” was in step already.` : `“${list.name}” is in step: ${counted(added, 'member')} came, ${counted(removed, 'member')} left.`)
  }
  const runOrAsk = async (held?: { leaving: number; members: number }) => {
    try {
      if (held && !(await isSure(list, held))) return
      await run(!held)
    } catch (error) {
      const asked = heldIn(error)
      if (!asked) throw error
      if (await isSure(list, asked)) await run(false)
    } finally {
      await refresh(api.getReportSync, api.listSyncRuns, audience.getTargetList, audience.listMembers, audience.listTargetLists, audience.getGrowth)
    }
  }
  return (held?: { leaving: number; members: number }) => runOrAsk(held).catch(failed)
}

const heldIn = (error: unknown) =>
  error instanceof ApiError && error.code === 'syncHeld' ? { leaving: Number(error.more['leaving']), members: Number(error.more['members']) } : undefined

const isSure = ({ name }: List, { leaving, members }: { leaving: number; members: number }) => confirm({
  title: `Take ${leaving.toLocaleString()} of ${counted(members, 'member')} out of “${name}”?`, danger: true, confirm: 'Take them out',
  body: 'Campaigns leave the members of this list out. Whoever leaves it may get their mails. Look at its reports first if that is not what you expect.',
})
