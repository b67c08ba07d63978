/**
 * Domain outages: a domain that took our mail and now calls many of its addresses unknown is more likely broken than emptied. Its
 * addresses are held, nothing more goes there, and a person decides: `confirmed` makes them invalid, `released` lets mail go on.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { type NewSuppression, suppress, takeBackInvalid } from '../audience/suppressions.ts'
import type { Db, Tx } from '../platform/db.ts'
import { addressKey, domainOf } from '../platform/email-address.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { jsonFor } from '../platform/json.ts'
import { readTaken, type Taken } from './traffic.ts'

const tookAtLeast = 100
const unknownAtLeast = 20
const unknownPart = 0.3
const hourMs = 3_600_000

/** Within an hour, `unknown` addresses beside the mails it took. Pure. */
export const isOutage = (taken: Taken, unknown: number): boolean =>
  taken.ever >= tookAtLeast && unknown >= unknownAtLeast && unknown > unknownPart * (taken.inHour + unknown)

/** A delivery by its place in the ledger. */
export type Place = { lane: number; deliveryId: number }
export type Judgement = { /** Keys of addresses that are held. */ held: ReadonlySet<string>; /** Deliveries that were taken for dead within the hour before, and are held now. */ formerly: Place[] }

/** Addresses that were proved dead become invalid; those of a domain in an outage are held. To be called instead of `suppress`, in its transaction. */
export async function judgeDeadAddresses(tx: Tx, dead: readonly NewSuppression[], now: Date): Promise<Judgement> {
  const held = new Set<string>()
  const formerly: Place[] = []
  for (const domain of [...new Set(dead.map(({ emailAddress }) => domainOf(emailAddress)))].sort()) {
    const own = dead.filter(({ emailAddress }) => domainOf(emailAddress) === domain)
    // One after the other: whoever is judged beside the one that finds the outage would slip through.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`outage ${domain}`}, 0))`.execute(tx)
    await noteUnknown(tx, domain, own, now)
    const outage = await openOutage(tx, domain, now)
    if (!outage) continue
    for (const { emailAddress } of own) held.add(addressKey(emailAddress))
    formerly.push(...await holdAddresses(tx, domain, outage, now))
  }
  await suppress(tx, dead.filter(({ emailAddress }) => !held.has(addressKey(emailAddress))), now)
  return { held, formerly: formerly.filter(({ lane, deliveryId }) => !dead.some((each) => each.lane === lane && each.deliveryId === deliveryId)) }
}

async function noteUnknown(tx: Tx, domain: string, dead: readonly NewSuppression[], now: Date): Promise<void> {
  const unique = [...new Map(dead.map((each) => [addressKey(each.emailAddress), each])).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  await sql`
    insert into unknown_address as known (email_key, domain, at, suppression)
    select email_key, ${domain}, ${now}, suppression
      from unnest(${unique.map(([key]) => key)}::text[], ${unique.map(([, each]) => jsonFor(each))}::jsonb[]) as given (email_key, suppression)
    on conflict (email_key) do update set at = excluded.at, suppression = excluded.suppression where known.outage_id is null`.execute(tx)
}

/** The open outage of a domain; it is opened when the numbers say so. */
async function openOutage(tx: Tx, domain: string, now: Date): Promise<string | null> {
  const open = await tx.selectFrom('domainOutage').select('id').where('domain', '=', domain).where('decision', 'is', null).executeTakeFirst()
  if (open) return open.id
  const { rows } = await sql<{ unknown: number }>`
    select count(*) as unknown from unknown_address where domain = ${domain} and at > ${new Date(now.getTime() - hourMs)} and outage_id is null`.execute(tx)
  const [taken, { unknown }] = [await readTaken(tx, domain, now), rows[0]!]
  if (!isOutage(taken, unknown)) return null
  await sql`
    insert into domain_outage (id, domain, began_at, unknown, taken) values (${newId()}, ${domain}, ${now}, ${unknown}, ${taken.inHour})
    on conflict (domain) where decision is null do nothing`.execute(tx)
  return (await tx.selectFrom('domainOutage').select('id').where('domain', '=', domain).where('decision', 'is', null).executeTakeFirstOrThrow()).id
}

/** Takes back what was called invalid within the hour. Answers the deliveries that it was about. */
async function holdAddresses(tx: Tx, domain: string, outageId: string, now: Date): Promise<Place[]> {
  const { rows } = await sql<{ emailKey: string; lane: number | null; deliveryId: number | null }>`
    update unknown_address set outage_id = ${outageId}
     where domain = ${domain} and at > ${new Date(now.getTime() - hourMs)} and outage_id is null
    returning email_key, (suppression ->> 'lane')::int as lane, (suppression ->> 'deliveryId')::bigint as delivery_id`.execute(tx)
  await takeBackInvalid(tx, rows.map(({ emailKey }) => emailKey), new Date(now.getTime() - hourMs))
  return rows.flatMap(({ lane, deliveryId }) => (lane === null || deliveryId === null ? [] : [{ lane, deliveryId }]))
}

/** Domains that get nothing until a person decides. */
export async function readHeldDomains(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('domainOutage').select('domain').where('decision', 'is', null).execute()
  return new Set(rows.map(({ domain }) => domain))
}

/** Answers the domain, to which mail may go again. */
export async function decideOutage(tx: Tx, actor: Actor, id: string, decision: 'confirmed' | 'released', now: Date): Promise<string> {
  const outage = isId(id) ? await tx.selectFrom('domainOutage').select(['domain', 'decision']).where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!outage) throw notFound('domain outage', id)
  if (outage.decision) throw new AppError('conflict', 'outageDecided', `This outage of ${outage.domain} has been ${outage.decision} already.`)
  await tx.updateTable('domainOutage').set({ decision, decidedAt: now, decidedBy: actor.userId || null }).where('id', '=', id).execute()
  const held = await tx.deleteFrom('unknownAddress').where('outageId', '=', id).returning('suppression').execute()
  if (decision === 'confirmed') await suppress(tx, held.map(({ suppression }) => suppression as NewSuppression), now)
  await audit(tx, actor, decision === 'confirmed' ? 'domainOutageConfirmed' : 'domainOutageReleased', { type: 'DomainOutage', id, name: outage.domain, detail: { addresses: held.length } })
  return outage.domain
}

/** Only those of the last hour count; held ones wait for the decision. */
export const forgetUnknown = (db: Db, now: Date) =>
  sql`delete from unknown_address where outage_id is null and at < ${new Date(now.getTime() - hourMs)}`.execute(db)
