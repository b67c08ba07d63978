/** One message, judged: what kind it is, which deliveries it is about, what it proves. Reads the database, changes nothing. */
import type { Classification } from '../bounce/classification.ts'
import { classify } from '../bounce/classify.ts'
import { type LoopOrigin, type LoopReturn, loopOrigins } from '../bounce-loop/returns.ts'
import type { Db } from '../platform/db.ts'
import type { Keys } from '../platform/token.ts'
import { digestOf, fieldOf, split } from './digest.ts'
import { type Finding, findingsOf, isComplaint, keyOfText, namelessRecipients, type Told } from './findings.ts'
import { type Origin, originOfAddress, signedOrigins } from './origins.ts'
import { readLetter } from './letter.ts'
import { optOutSign, type Sign, signsIn } from './signs.ts'

export type Judged = {
  digest: string; classification: Classification; findings: Finding[]; outcome: Outcome
  /** What it says of bounce loops: those count nowhere. */
  loops: LoopReturn[]
  /** Kept of what belongs to a delivery; of other people's mail nothing but place and verdict. */
  kept: { from: string; subject: string; text: string } | null
}

/** `unverified`: something was claimed that would act if it were proved. `notUnderstood`: it is about a mail of ours, and nobody knows what it says. */
export type Outcome = 'logged' | 'unverified' | 'notUnderstood' | 'ignored'

export async function judge(db: Db, keys: Keys, raw: Buffer, now: Date): Promise<Judged> {
  const request = optOutSign(keys, raw)
  const found = await classify(raw)
  // Whoever answers with the subject that our link filled in asks to leave, whatever else the mail looks like.
  const classification: Classification = request && ['reply', 'other'].includes(found.kind) ? { ...found, kind: 'optOut' } : found
  const signs = request && classification.kind === 'optOut' ? [request] : signsIn(keys, raw, found.references)
  const { isOurs, ...judged } = await judgeClaim(db, { classification, signs, writer: writerOf(raw) }, now)
  return { ...judged, digest: digestOf(raw), classification, kept: isOurs ? await readLetter(raw) : null }
}

/** What is said about which deliveries, and by whom: `writer` counts for opt-outs, which are the writer's own. */
type Claim = { classification: Classification; signs: readonly Sign[]; writer: string }

/** The same for every door: what a message or a provider claims, held against the deliveries. */
export async function judgeClaim(db: Db, { classification, signs, writer }: Claim, now: Date): Promise<Pick<Judged, 'findings' | 'outcome' | 'loops'> & { isOurs: boolean }> {
  const signed = await signedOrigins(db, signs)
  const nameless = namelessRecipients(classification, signed)
  const mailed = await originsByAddress(db, nameless, now)
  const origins = (await loopOrigins(db, signs.filter(({ loop }) => loop).map(({ id }) => id), nameless.slice(0, mostRecipients), now)).filter((origin) => origin.signed || !isMailedSince(origin, mailed))
  const others = namelessRecipients(classification, [...signed, ...origins])
  const byAddress = new Map([...mailed].filter(([address]) => others.includes(address)))
  const findings = findingsOf({ classification, signed, byAddress, writer, now })
  const loops = loopReturns({ classification, writer, now }, origins)
  const aboutLoop = findings.length === 0 && loops.some(({ kind }) => kind !== null)
  const outcome = aboutLoop ? 'logged' : outcomeOf(classification, findings, signed.length > 0 || loops.length > 0)
  return { findings, loops, outcome, isOurs: findings.length > 0 || loops.length > 0 || outcome === 'notUnderstood' }
}

/** A loop may have been sent to an address that somebody has: what comes back unsigned is then about the mail that left last. */
const isMailedSince = ({ emailAddress, leftAt }: LoopOrigin, mailed: ReadonlyMap<string, Origin>): boolean => (mailed.get(keyOfText(emailAddress))?.leftAt?.getTime() ?? 0) > leftAt.getTime()

/** Judged by the rules that judge what comes back of deliveries. Of one that nothing is said about it is still noted that something came. */
function loopReturns(told: Pick<Told, 'classification' | 'writer' | 'now'>, origins: readonly LoopOrigin[]): LoopReturn[] {
  const [signed, others] = [origins.filter((origin) => origin.signed), origins.filter((origin) => !origin.signed)]
  const found = findingsOf({ ...told, signed, byAddress: new Map(others.map((origin) => [keyOfText(origin.emailAddress), origin])) })
  return origins.map(({ id }) => {
    const { kind = null, doubt = null, reply = '' } = found.find(({ origin }) => origin.id === id) ?? {}
    return { loopId: id, kind, doubt, reply }
  })
}

/** A report names a few recipients; one that names hundreds is nobody's. */
const mostRecipients = 50

async function originsByAddress(db: Db, addresses: readonly string[], now: Date): Promise<Map<string, Origin>> {
  const found = new Map<string, Origin>()
  for (const address of addresses.slice(0, mostRecipients)) {
    const origin = await originOfAddress(db, address, now)
    if (origin) found.set(address, origin)
  }
  return found
}

const acting = new Set<Finding['kind']>(['hard', 'complained', 'optedOut'])

function outcomeOf(classification: Classification, findings: readonly Finding[], isOurs: boolean): Outcome {
  // A test mail acts for nobody: there is nothing to decide about it.
  if (findings.some(({ doubt, kind }) => doubt !== null && doubt !== 'testMail' && acting.has(kind))) return 'unverified'
  if (findings.length > 0) return 'logged'
  if (isComplaint(classification) || classification.kind === 'optOut') return 'unverified'
  return isOurs ? 'notUnderstood' : 'ignored'
}

/** The address in From (RFC 5322 3.4): between angle brackets, or alone. */
function writerOf(raw: Buffer): string {
  const from = fieldOf(split(raw).head, 'from') ?? ''
  return keyOfText(/<([^<>]*)>[^<>]*$/.exec(from)?.[1] ?? from)
}
