/** One run: a target list is brought in step with its reports, in one transaction with the list locked, and what came of it is written down. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import { type Matched, matchMembers } from '../audience/match-members.ts'
import { targetListNamed } from '../audience/target-lists.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, isDatabaseGone, isDeadlock, isTimedOut } from '../platform/errors.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'
import { listContext } from '../records/records.ts'
import type { SyncReason } from './codes.ts'
import { isExcluding } from './excluding.ts'
import { tellOutcome } from './notices.ts'
import { peopleOf } from './people.ts'
import { readSync } from './report-syncs.ts'
import { writeRun } from './runs.ts'
import { type Asking, circleWords, goesInCircles, heldWords, leavesOf, type Outcome, sentence, type Sync } from './sync.ts'

/** Null where the list is not kept in step. */
export const syncList = (db: Db, targetListId: string, asking: Asking): Promise<Outcome | null> =>
  db.transaction().execute((tx) => syncLocked(tx, targetListId, asking))

/** The same in the caller's transaction. Whatever goes wrong, nothing of the list has changed and the transaction goes on. */
export async function syncLocked(tx: Tx, targetListId: string, asking: Asking): Promise<Outcome | null> {
  const name = await lockList(tx, targetListId)
  const sync = name === null ? null : await readSync(tx, targetListId)
  if (name === null || !sync?.active) return null
  const outcome = await tryRun(tx, asking.why, () => bringInStep(tx, sync, asking))
  await writeRun(tx, sync, asking, outcome)
  await tellOutcome(tx, { id: targetListId, name }, sync, outcome, asking.now)
  return outcome
}

/** Two runs go one after the other, and a list that is merged or deleted waits; whoever only adds members does not. */
async function lockList(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.selectFrom('targetList').select('name').where('id', '=', id).where('deletedAt', 'is', null).forNoKeyUpdate().executeTakeFirst()
  return row?.name ?? null
}

async function bringInStep(tx: Tx, sync: Sync, { why, careful, now }: Asking): Promise<Outcome> {
  const { targetListId } = sync
  await refreshEntityTypes(tx)
  const context = await listContext(tx, now)
  const actor = await personOf(tx, sync)
  const people = await peopleOfAll(tx, actor, sync, context)
  // A person who presses the button has looked, or asks to be told first.
  const mayHalve = (why === 'hand' && !careful) || !(await isExcluding(tx, targetListId))
  return outcomeOf(await matchMembers(tx, { targetListId, addedBy: actor.userId, leaves: leavesOf(sync), mayHalve }, people, now))
}

const outcomeOf = ({ held, added, removed, leaving, before }: Matched): Outcome =>
  ({ outcome: held ? 'held' : 'done', added, removed, leaving, members: before + added - removed, error: held ? heldWords(leaving, before) : null })

/** Whose rights count, as they are now. */
async function personOf(tx: Tx, { runAs, targetListId }: Sync): Promise<Actor & { name: string }> {
  const person = runAs === null ? null : await readActor(tx, runAs)
  if (!person) throw stop('The person with whose rights it ran is not a user any more.')
  const { name } = await tx.selectFrom('user').select('name').where('id', '=', person.userId).executeTakeFirstOrThrow()
  if (!person.isActive) throw stop(`${name}, with whose rights it runs, is not active any more.`)
  await targetListNamed(tx, person, targetListId, 'edit').catch(because(`${name}, with whose rights it runs, may not change this list any more.`))
  return { ...person, name: name ?? person.userName }
}

/** Everybody in any of the reports. */
async function peopleOfAll(tx: Tx, actor: Actor & { name: string }, { reportIds, targetListId, mode }: Sync, context: ListContext) {
  if (reportIds.length === 0) throw stop('No report is chosen.')
  const all = []
  for (const [index, id] of reportIds.entries()) {
    // Not by name: the words are read by people who may see the list and not the report.
    const which = reportIds.length === 1 ? 'its report' : `its report no. ${index + 1}`
    const { filter, people } = await peopleOf(tx, actor, id, context).catch((error) => { throw stopFor(error, which, actor) })
    if (goesInCircles(filter, targetListId, mode)) throw stop(circleWords(which))
    all.push(sql`select entity_type, record_id from (${people}) report`)
  }
  return sql.join(all, sql` union all `)
}

const stop = (message: string) => new AppError('conflict', 'syncStopped', message)
const because = (message: string) => (error: unknown) => { throw error instanceof AppError ? stop(message) : error }

function stopFor(error: unknown, which: string, { name }: { name: string }): unknown {
  if (!(error instanceof AppError)) return error
  if (error.code === 'reportAsksUnseen') return stop(`${sentence(which)} asks about ${error.extra.what} that are gone or that ${name}, with whose rights it runs, may not see.`)
  const isUnseen = error.kind === 'notFound' || error.kind === 'forbidden'
  return stop(isUnseen ? `${name}, with whose rights it runs, may not see ${which} any more.` : `${sentence(which)} cannot be run any more: ${error.message}`)
}

/** Longer than this no report may hold up a list, and whoever waits for it: before a freeze, all mass emails that are due after it. */
const longest: Record<SyncReason, { minutes: number; words: string }> = {
  job: { minutes: 10, words: 'ten minutes' }, hand: { minutes: 10, words: 'ten minutes' }, freeze: { minutes: 1, words: 'the minute that there is before a mass email starts' },
}

/** What fails is taken back and told as an outcome; without a database there is nobody to tell. */
async function tryRun(tx: Tx, why: SyncReason, work: () => Promise<Outcome>, again = true): Promise<Outcome> {
  await sql`savepoint syncing`.execute(tx)
  try {
    const { rows: [before] } = await sql<{ timeout: string }>`select current_setting('statement_timeout') as timeout`.execute(tx)
    await setTimeoutOf(tx, `${longest[why].minutes}min`)
    const outcome = await work()
    await setTimeoutOf(tx, before!.timeout)
    await sql`release savepoint syncing`.execute(tx)
    return outcome
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    await sql`rollback to savepoint syncing`.execute(tx)
    // Somebody took out many of the same people in another order.
    if (again && isDeadlock(error)) return tryRun(tx, why, work, false)
    return { outcome: error instanceof AppError ? 'stopped' : 'failed', added: 0, removed: 0, leaving: 0, members: 0, error: wordsOf(error, why) }
  }
}

const setTimeoutOf = (tx: Tx, value: string) => sql`select set_config('statement_timeout', ${value}, true)`.execute(tx)

const wordsOf = (error: unknown, why: SyncReason): string =>
  isTimedOut(error) ? `Its reports took longer than ${longest[why].words}.` : error instanceof AppError ? error.message : `Its reports could not be run: ${(error as Error).message}`
