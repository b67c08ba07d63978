/** Many addresses at once that are never to be mailed, one a line: a few thousand while the request waits, more in the background. */
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { EndedEarly, enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import type { SuppressionReason } from './codes.ts'
import { suppress } from './suppressions.ts'

export type ImportedSuppressions = { added: number; alreadyThere: number; malformed: { line: number; text: string }[] }

type Given = { text: string; reason: SuppressionReason }
/** The input of the task `importSuppressions`. */
type TaskInput = Given & { userId: string }

/** Up to here an answer waits for the work; above it a task does it. */
const atOnce = 5_000
const batchSize = 5_000
/** Nobody reads more of them. */
const mostMalformed = 1_000

export async function importSuppressions(db: Db, actor: Actor, { text, reason }: Given, now: Date): Promise<ImportedSuppressions | { task: Task }> {
  const lines = linesOf(text)
  await audit(db, actor, 'suppressionsImported', { type: 'Suppression', detail: { reason, lines: lines.length } })
  if (lines.length <= atOnce) return addLines(db, lines, { reason, userId: actor.userId }, now)
  const input: TaskInput = { text, reason, userId: actor.userId }
  return { task: await enqueueTask(db, { kind: 'importSuppressions', title: `Suppress ${lines.length.toLocaleString('en')} addresses`, input, createdBy: actor.userId, resumable: true }) }
}

/** The background task. Begun again after a stop or a crash it adds only what is left: an address that is missing here would be mailed. */
export async function runSuppressionImport({ db, clock, signal, progress }: TaskContext, { text, ...given }: TaskInput): Promise<ImportedSuppressions> {
  const lines = linesOf(text)
  const sum: ImportedSuppressions = { added: 0, alreadyThere: 0, malformed: [] }
  for (let done = 0; done < lines.length; done += batchSize) {
    if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${done} of ${lines.length} lines; these are in.`, sum)
    const { added, alreadyThere, malformed } = await addLines(db, lines.slice(done, done + batchSize), given, clock())
    sum.added += added
    sum.alreadyThere += alreadyThere
    sum.malformed = [...sum.malformed, ...malformed].slice(0, mostMalformed)
    await progress(Math.min(done + batchSize, lines.length), lines.length)
  }
  return sum
}

type Line = { line: number; text: string }

/** Empty lines count for nothing, and keep their number. */
const linesOf = (text: string): Line[] => text.split(/\r\n|\r|\n/).map((each, index) => ({ line: index + 1, text: each.trim() })).filter((each) => each.text !== '')

async function addLines(db: Db, lines: readonly Line[], { reason, userId }: { reason: SuppressionReason; userId: string }, now: Date): Promise<ImportedSuppressions> {
  const parsed = lines.map((line) => ({ ...line, ...parseAddress(line.text) }))
  const good = parsed.filter(({ wellFormed }) => wellFormed)
  const added = await suppress(db, good.map(({ address }) => ({ emailAddress: address, reason, source: 'import', byUserId: userId })), now)
  const malformed = parsed.filter(({ wellFormed }) => !wellFormed).slice(0, mostMalformed).map(({ line, text }) => ({ line, text }))
  return { added, alreadyThere: good.length - added, malformed }
}
