/** What a person may do with a mass email that was started: pause, go on, cancel, try failed ones again, send to people added since. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { expectNoApprovalNeeded } from '../campaign/approval.ts'
import { lockMassEmail, takeStep } from '../campaign/steps.ts'
import { bringListsInStep, type Hold } from '../list-sync/before-freeze.ts'
import { countPeople } from '../log/people-counted.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { skipCanceled } from './finish.ts'
import { writeAudience } from './freeze.ts'
import type { Frozen } from './frozen.ts'
import { requeue } from './requeue.ts'
import { acceptedNumbers } from './safety-stop.ts'

type By = { actor: Actor; now: Date }

export const pause = (db: Db, id: string, by: By) => step(db, id, 'pause', by)

/** After a safety stop the numbers count as accepted: it stops again only when they get worse. */
export const resume = (db: Db, id: string, { actor, now }: By) => db.transaction().execute(async (tx) => {
  const row = await lockMassEmail(tx, id)
  if (row.pausedReason !== null) expectNoApprovalNeeded(actor, 'The product has stopped this, so somebody who needs no approval has to resume it.')
  const accepted = await acceptedNumbers(tx, row)
  await takeStep(tx, id, 'resume', now, accepted ? { safetyAccepted: JSON.stringify(accepted), notice: null } : {})
  await audit(tx, actor, 'massEmailResumed', { type: 'MassEmail', id, name: row.name, ...(accepted && { detail: { safetyStop: accepted } }) })
})

/** Nothing leaves from the moment of the step on; what was unsent is Skipped at once or, of very many, by house-keeping. */
export async function cancel(db: Db, id: string, by: By): Promise<void> {
  await step(db, id, 'cancel', by)
  await skipCanceled(db, by.now)
}

const told = { pause: 'massEmailPaused', cancel: 'massEmailCanceled' } as const

const step = (db: Db, id: string, name: keyof typeof told, { actor, now }: By) => db.transaction().execute(async (tx) => {
  const { name: massEmail } = await takeStep(tx, id, name, now)
  await audit(tx, actor, told[name], { type: 'MassEmail', id, name: massEmail })
})

/** Failed deliveries wait again with all their attempts, but those to dead addresses. Answers how many. */
export const retryFailed = (db: Db, id: string, { actor, now }: By): Promise<number> => db.transaction().execute(async (tx) => {
  const { campaignId, name, templateVersionId } = await lockMassEmail(tx, id)
  await takeStep(tx, id, 'retryFailed', now)
  const lanes = await lanesWithFailed(tx, id)
  const count = await requeue(tx, { massEmailId: id, campaignId, templateVersionId }, 'failed', lanes.map((lane) => [lane, isNotDead]), now)
  if (count === 0) throw new AppError('conflict', 'nothingToRetry', 'There is nothing to retry: no delivery failed, or only those to dead addresses.')
  await audit(tx, actor, 'massEmailRetried', { type: 'MassEmail', id, name, detail: { deliveries: count } })
  return count
})

const isNotDead = sql<boolean>`d.reason_code is distinct from 'deadAddress'`

async function lanesWithFailed(tx: Tx, id: string): Promise<number[]> {
  const { rows } = await sql<{ lane: number }>`
    select distinct lane from delivery where mass_email_id = ${id} and status = 'failed' and not test order by lane`.execute(tx)
  return rows.map(({ lane }) => lane)
}

/** People who joined the lists since: judged as the first time, and never somebody whose address is in the ledger. Answers how many. */
export async function sendToNew(db: Db, id: string, by: By): Promise<number> {
  const outcome = await db.transaction().execute((tx) => addNew(tx, id, by))
  // After the transaction: what each list's sync came to is written down.
  if (typeof outcome === 'number') return outcome
  throw new AppError('conflict', 'syncHeld', outcome.map(({ name, message, advice }) => `${name}: ${message} ${advice}`).join(' '), { holds: outcome })
}

/** Its lists are brought in step first; where that cannot be, nobody is added. */
async function addNew(tx: Tx, id: string, { actor, now }: By): Promise<number | Hold[]> {
  const row = await lockMassEmail(tx, id)
  expectNoApprovalNeeded(actor, 'Somebody who needs no approval has to send it to more people.')
  const frozen = row.frozen as Frozen
  if (frozen) {
    const holds = await bringListsInStep(tx, { massEmailId: id, ...frozen }, now)
    if (holds.length > 0) return holds
  }
  const { campaignId } = await takeStep(tx, id, 'sendToNew', now)
  const added = await writeAudience(tx, { id, frozen, templateVersionId: row.templateVersionId! }, { ...frozen, now, reader: await authorOf(tx, row.authorId), alreadyInMassEmailId: id })
  if (added.included === 0) throw new AppError('conflict', 'nobodyNew', 'Nobody who may be mailed has been added to its lists since.', { candidates: added.candidates, verdicts: added.verdicts })
  await takeStep(tx, id, 'sendToNew', now, { funnel: JSON.stringify(sum(row.funnel as typeof added, added)) })
  await countPeople(tx, id, campaignId)
  await audit(tx, actor, 'massEmailSentToNew', { type: 'MassEmail', id, name: row.name, detail: { people: added.included } })
  return added.included
}

/** With whose rights it goes out, whoever presses the button. */
const authorOf = async (tx: Tx, id: string | null) => (id === null ? undefined : (await readActor(tx, id)) ?? undefined)

type Funnel = Awaited<ReturnType<typeof writeAudience>>

function sum(a: Funnel, b: Funnel): Funnel {
  const verdicts = { ...a.verdicts }
  for (const [verdict, count] of Object.entries(b.verdicts)) verdicts[verdict as keyof typeof verdicts] = (verdicts[verdict as keyof typeof verdicts] ?? 0) + count
  return {
    candidates: a.candidates + b.candidates, included: a.included + b.included, verdicts,
    notes: { optedOutOfOneOfItsLists: a.notes.optedOutOfOneOfItsLists + b.notes.optedOutOfOneOfItsLists },
  }
}
