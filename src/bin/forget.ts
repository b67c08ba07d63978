/** What leaves the bin for good: after 30 days, or because a person is erased. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

export const keptDays = 30

/** What was done before this can no longer be taken back. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - keptDays * 24 * 3600_000)

/** Clean Up. Answers how many deleted records are gone for good. */
export async function emptyBin(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with old as (select id from bin_action where at < ${keptSince(now)}),
         gone as (delete from bin_record where action_id in (select id from old) returning 1),
         undone as (delete from bin_action where id in (select id from old))
    select count(*) as gone from gone`.execute(db)
  return rows[0]!.gone
}

/** A person is erased: nothing of the record, nor of anybody with one of these addresses, lives on here. */
export async function forgetInBin(tx: Tx, { recordIds, emailKeys }: { recordIds: readonly string[]; emailKeys: readonly string[] }): Promise<void> {
  const keys = emailKeys.filter((key) => key !== '')
  await fewerLeft(sql`
    delete from bin_record where record_id = any(${recordIds}::uuid[]) or (email_key <> '' and email_key = any(${keys}::text[])) returning action_id`).execute(tx)
  // What a record held before a change: of an erased one, and of whoever once had the address.
  await fewerChanges(sql`
    delete from bin_change where record_id = any(${recordIds}::uuid[]) or lower(old ->> 'email_address') = any(${keys}::text[]) returning action_id`).execute(tx)
}

/** `gone` is the DELETE from the bin, returning action_id: as many fewer are left of their actions. */
export const fewerLeft = (gone: RawBuilder<unknown>, where = sql<boolean>`true`): RawBuilder<unknown> => sql`
  with gone as (${gone}), fewer as (select action_id, count(*) as count from gone group by action_id)
  update bin_action a set remaining = a.remaining - f.count from fewer f where a.id = f.action_id and ${where}`

/** The same for changes: a merge counts its records only. */
export const fewerChanges = (gone: RawBuilder<unknown>) => fewerLeft(gone, sql<boolean>`a.kind = 'update'`)
