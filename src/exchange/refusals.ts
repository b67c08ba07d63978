/** What people said "no" to, and addresses that are dead, as a file brings them: such columns can set a "no", never lift one. */
import { sql } from 'kysely'
import { optOutPeople } from '../audience/opt-outs.ts'
import { suppress } from '../audience/suppressions.ts'
import type { Tx } from '../platform/db.ts'
import { isMalformed } from '../records/field-value.ts'
import type { Judged } from './judge.ts'
import type { ImportPlan } from './plan.ts'
import type { ReadRow } from './row.ts'

/** What a column may mean that is no field of the record: the address's, whoever has it. */
export const refusalKeys = ['optedOut', 'optedOutOfList', 'invalidAddress'] as const
export type RefusalKey = (typeof refusalKeys)[number]
export const isRefusal = (key: string): key is RefusalKey => (refusalKeys as readonly string[]).includes(key)

type Person = { emailAddress: string; entityType: string; recordId?: string }

/** Even of rows that become no record: a "no" belongs to the address, and somebody may bring that address in tomorrow. */
export async function writeRefusals(tx: Tx, { type, settings }: ImportPlan, judged: readonly Judged[], { userId, now }: { userId: string | null; now: Date }): Promise<void> {
  const saying = judged.filter(({ row }) => row.refusals.length > 0)
  if (saying.length === 0) return
  const addresses = await addressesOf(tx, type.table, saying)
  const people = (key: RefusalKey) => saying.filter(({ row }) => row.refusals.includes(key)).flatMap((each) => personOf(each, type.name, addresses))
  const by = { source: 'import', ...(userId !== null && { byUserId: userId }) }
  await suppress(tx, [
    ...people('optedOut').map((person) => ({ ...person, ...by, reason: 'optedOut' as const })),
    ...people('invalidAddress').map((person) => ({ ...person, ...by, reason: 'invalid' as const })),
  ], now)
  if (settings.targetListId) await optOutPeople(tx, settings.targetListId, people('optedOutOfList'), by, now)
}

function personOf(judged: Judged, entityType: string, addresses: ReadonlyMap<string, string>): Person[] {
  const recordId = 'target' in judged ? judged.target.id : null
  const emailAddress = ownAddress(judged.row) || (recordId === null ? '' : addresses.get(recordId) ?? '')
  if (emailAddress === '' || isMalformed(emailAddress)) return []
  return [{ emailAddress, entityType, ...(recordId !== null && { recordId }) }]
}

const ownAddress = (row: ReadRow) => row.stored.email_address ?? ''

/** Of records that were found by something else than their address. */
async function addressesOf(tx: Tx, table: string, judged: readonly Judged[]): Promise<Map<string, string>> {
  const ids = judged.flatMap((each) => ('target' in each && each.target.id !== null && ownAddress(each.row) === '' ? [each.target.id] : []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; emailAddress: string }>`select id, email_address from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, emailAddress }) => [id, emailAddress]))
}
