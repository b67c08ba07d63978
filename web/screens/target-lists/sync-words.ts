/** Keeping in step, in words. Pure. */
import type { ReportSync, SyncRun } from '../../../src/list-sync/contract.ts'
import { counted } from '../../ui/words.ts'

type Run = Pick<SyncRun, 'outcome' | 'added' | 'removed' | 'leaving' | 'members'>

export const modeWords: Record<ReportSync['mode'], { title: string; about: string }> = {
  mirror: { title: 'The list is what the reports say', about: 'Who is in them joins. Whom a report brought leaves again when none of them names that person any more.' },
  addOnly: { title: 'Only add', about: 'Who is in the reports joins, and nobody leaves.' },
}

/** Who leaves: the second half of "Everybody in “Berlin” joins; …". */
export const leavingWords = ({ mode, strict }: { mode: ReportSync['mode']; strict: boolean }): string =>
  mode === 'addOnly' ? 'nobody leaves' : strict ? 'everybody else leaves, also who was added by hand' : 'whom a report brought leaves when no report names that person any more'

/** `+12 −3`, `no change`, or that nothing was changed. */
export function changeWords({ outcome, added, removed, leaving, members }: Run): string {
  if (outcome === 'held') return `Nothing was changed: ${leaving.toLocaleString()} of ${counted(members, 'member')} would have left`
  if (outcome !== 'done') return 'Nothing was changed'
  return added + removed === 0 ? 'no change' : [added > 0 && `+${added.toLocaleString()}`, removed > 0 && `−${removed.toLocaleString()}`].filter(Boolean).join(' ')
}

/** Why it ran: `By Anna`, `By the job`, `Before “Autumn offer” was to start`. */
export function occasionWords({ why, byUserName, massEmailName }: Pick<SyncRun, 'why' | 'byUserName' | 'massEmailName'>): string {
  if (why === 'hand') return `By ${byUserName ?? 'somebody'}`
  return why === 'job' ? 'By the job' : `Before “${massEmailName ?? 'a mass email'}” was to start`
}
