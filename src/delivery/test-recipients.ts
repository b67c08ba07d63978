/** Who is to get a test: the address of each chosen record, or one address for all, and what stands against it. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { findDefinition } from '../records/entity-types.ts'
import type { Frozen } from './frozen.ts'

export type Reference = { entityType: string; id: string }
export type Candidate = { record: Reference; emailAddress: string; hindrance: 'noAddress' | 'malformedAddress' | 'invalidAddress' | null; optedOut: boolean }

/** With `to`, every recipient is only rendered, and the mail goes there. */
export async function findCandidates(
  db: Db, actor: Actor, { recipients, to }: { recipients: readonly Reference[]; to?: string | undefined }, frozen: Frozen, now: Date,
): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const record of recipients) {
    const own = await addressOf(db, actor, record)
    candidates.push(await candidate(db, record, to ? parseAddress(to).address : own, frozen, now))
  }
  return candidates
}

async function addressOf(db: Db, actor: Actor, { entityType, id }: Reference): Promise<string> {
  const type = findDefinition(entityType)
  if (!type?.mailable) throw invalid([{ path: 'recipients', message: `${entityType} is not a type whose records are mailed.` }])
  const { rows } = isId(id) ? await sql<{ emailAddress: string }>`
    select r.email_address from ${sql.table(type.table)} r where r.id = ${id} and ${allowed(actor, type.name, 'read')}`.execute(db) : { rows: [] }
  if (!rows[0]) throw notFound(type.name.toLowerCase(), id)
  return rows[0].emailAddress
}

async function candidate(db: Db, record: Reference, emailAddress: string, { targetListIds }: Frozen, now: Date): Promise<Candidate> {
  const { rows } = await sql<{ invalid: boolean; optedOut: boolean }>`
    select exists (select from suppression where email_key = lower(${emailAddress}) and reason = 'invalid' and (until is null or until > ${now})) as invalid,
           exists (select from suppression where email_key = lower(${emailAddress}) and reason = 'optedOut' and (until is null or until > ${now}))
           or exists (select from opt_out where email_key = lower(${emailAddress}) and target_list_id = any(${targetListIds}::uuid[])) as opted_out`.execute(db)
  return { record, emailAddress, optedOut: rows[0]!.optedOut, hindrance: hindranceOf(emailAddress, rows[0]!.invalid) }
}

function hindranceOf(emailAddress: string, isInvalid: boolean): Candidate['hindrance'] {
  if (emailAddress === '') return 'noAddress'
  if (!parseAddress(emailAddress).wellFormed) return 'malformedAddress'
  return isInvalid ? 'invalidAddress' : null
}
