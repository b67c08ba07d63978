/** What keeping in step is, and the rules of it. No database. */
import type { Matching } from '../audience/match-members.ts'
import type { SyncMode, SyncOutcome, SyncReason } from './codes.ts'

/** How one list is kept in step. */
export type Sync = { targetListId: string; active: boolean; mode: SyncMode; strict: boolean; runAs: string | null; changedAt: Date; reportIds: string[] }
/** Why it runs now, and for whom. */
export type Asking = { why: SyncReason; byUserId?: string | null; massEmailId?: string | null; careful?: boolean; now: Date }
export type Outcome = { outcome: SyncOutcome; added: number; removed: number; leaving: number; members: number; error: string | null }

/** Whom a run may take out. */
export const leavesOf = ({ mode, strict }: { mode: SyncMode; strict: boolean }): Matching['leaves'] =>
  mode === 'addOnly' ? 'nobody' : strict ? 'everybody' : 'fromReports'

/** A mirror of "who is not in this list" empties and fills it by turns. */
export const goesInCircles = (filter: unknown, targetListId: string, mode: SyncMode): boolean =>
  mode === 'mirror' && JSON.stringify(filter ?? null).toLowerCase().includes(targetListId.toLowerCase())

/** What a person can do about it. */
export const adviceFor: Record<Exclude<SyncOutcome, 'done'>, string> = {
  held: 'Look at its reports. If so many shall really leave, press “Sync now” on the target list; else mend the report.',
  stopped: 'Somebody who may change the list and see its reports switches it on again, and it runs with that person\'s rights; or it is switched off.',
  failed: 'It is tried again by itself. If it stays so, open its reports and see whether they run.',
}

export const heldWords = (leaving: number, before: number) =>
  `${leaving} of ${before} members would leave at once. Mails leave its members out, so nobody was taken out without a person who says so.`

export const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** `which`: `its report`, `the report “Berlin”`. */
export const circleWords = (which: string) =>
  `${sentence(which)} asks who is in this very list, or is not: as its mirror the list would change with every run. Take that condition out, or only add.`
