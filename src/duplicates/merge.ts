/** Two or more records that are one person or company become one: the one that stays gets what the others had; they go into the bin. */
import { type RawBuilder, sql } from 'kysely'
import { type Actor, expectSome } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { mergeMembers, shareRefusals } from '../audience/merge-members.ts'
import { type Doing, keepChanged, keepMembers, noteDetail } from '../bin/keep.ts'
import { keptLinks, keptMembers } from '../bin/kept.ts'
import type { Db, Tx } from '../platform/db.ts'
import { addressKey } from '../platform/email-address.ts'
import { AppError, type Fault, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { columnOf, type EntityType } from '../records/definition.ts'
import { columnsOf, type Stored } from '../records/field-value.ts'
import type { Followers } from '../records/follow.ts'
import { writableFields } from '../records/record-values.ts'
import { checked, expectMayDo, nounOf, readWritten, refusingClashes } from '../records/records.ts'
import { restoreLinks, restorePairs } from '../records/restore.ts'
import { deleteRecords, oldValues, typesOf, updateRecords } from '../records/store.ts'
import { expectMayWrite, isUserType } from '../records/user-rules.ts'

export type MergeInput = { survivorId: string; otherIds: string[]; values: Record<string, unknown> }

/** `values` are those that the user chose; where nothing is chosen the survivor's value stays, and where it has none the first other's. */
export async function mergeRecords(db: Db, followers: Followers, type: EntityType, input: MergeInput, { actor, now }: { actor: Actor; now: Date }) {
  expectMayWrite(type, actor)
  if (isUserType(type)) throw new AppError('conflict', 'usersStay', 'Users cannot be merged: sessions, keys and rights belong to one person. Set the other one inactive.')
  expectSome(actor, type.name, 'delete')
  const { survivorId, otherIds } = expectDistinct(input)
  const doing: Doing = { id: newId(), kind: 'merge', userId: actor.userId, now, detail: { survivorId } }
  const refusals = await refusingClashes(type, () => db.transaction().execute(async (tx) => {
    const rows = await lockAll(tx, type, [survivorId, ...otherIds])
    // Only now: before the lock somebody could have given one of them away.
    await expectMayDo(tx, type, survivorId, actor, 'edit')
    for (const id of otherIds) await expectMayDo(tx, type, id, actor, 'delete')
    const { stored } = await checked(tx, type, input.values, { creating: false, actor, id: survivorId })
    const change = mergedValues(type, rows, stored)
    await keepBefore(tx, type, doing, survivorId, Object.keys(change))
    await deleteRecords(tx, type, otherIds, doing, survivorId)
    await updateRecords(tx, type, [survivorId], change, doing)
    await moveAlong(tx, followers, type, { survivorId, others: rows.slice(1), doing })
    const addresses = [...rows.map((row) => row['email_address']), change['email_address']].filter((address) => typeof address === 'string')
    const refusals = await shareRefusals(tx, addresses, { entityType: type.name, recordId: survivorId, byUserId: actor.userId, now, doNotEmail: change['do_not_email'] === 'true' })
    await noteDetail(tx, doing, { refusals })
    await audit(tx, actor, 'recordsMerged', { type: type.name, id: survivorId, name: rows[0]!['name'] ?? '', detail: { mergedIds: otherIds, refusals } })
    return refusals
  }))
  return { record: await readWritten(db, type, survivorId, actor), actionId: doing.id, refusals }
}

function expectDistinct({ survivorId, otherIds }: MergeInput): Pick<MergeInput, 'survivorId' | 'otherIds'> {
  const [survivor, ...others] = [survivorId, ...otherIds].map((id) => id.toLowerCase())
  const faults: Fault[] = []
  if (new Set([survivor, ...others]).size < others.length + 1) faults.push({ path: 'otherIds', message: 'must be other records than survivorId, each once' })
  if (faults.length > 0) throw invalid(faults)
  return { survivorId: survivor!, otherIds: others }
}

/** A record's columns as text, which is how values are written, too. */
type Row = Stored

/** All of them, locked in one order for everybody; the survivor first, the others in the order given. */
async function lockAll(tx: Tx, type: EntityType, ids: string[]): Promise<Row[]> {
  const missing = ids.find((id) => !isId(id))
  const columns = sql.join(['id', ...typesOf(type).keys()].map((column) => sql`r.${sql.id(column)}::text as ${sql.id(column)}`))
  const { rows } = missing ? { rows: [] } : await sql<{ row: Row }>`
    select to_jsonb((select x from (select ${columns}) x)) as row from ${sql.table(type.table)} r where id = any(${ids}::uuid[]) order by id for update`.execute(tx)
  return ids.map((id) => {
    const found = rows.find(({ row }) => row['id'] === id)
    if (!found) throw notFound(nounOf(type), id)
    return found.row
  })
}

const isEmpty = (value: string | null | undefined) => value === null || value === undefined || value === '' || value === '{}'

/** What changes in the survivor. A "do not email" of anybody stays, whatever was chosen. */
function mergedValues(type: EntityType, [survivor, ...others]: Row[], chosen: Stored): Stored {
  const change: Stored = {}
  for (const field of writableFields(type).values()) {
    const columns = columnsOf(field).map(({ name }) => name)
    if (columnOf(field) in chosen) for (const column of columns) change[column] = chosen[column] ?? null
    else if (isEmpty(survivor![columnOf(field)])) {
      const giver = others.find((row) => !isEmpty(row[columnOf(field)]))
      if (giver) for (const column of columns) change[column] = giver[column] ?? null
    }
  }
  if ([survivor!, ...others].some((row) => row['do_not_email'] === 'true')) change['do_not_email'] = 'true'
  return change
}

async function keepBefore(tx: Tx, type: EntityType, doing: Doing, survivorId: string, columns: string[]): Promise<void> {
  const before = columns.length > 0 ? oldValues(type, [survivorId], columns) : sql`select id, version, '{}'::jsonb as old from ${sql.table(type.table)} where id = ${survivorId}`
  await keepChanged(tx, { ...doing, detail: { ...doing.detail, columns } }, type.name, before)
  await keepMembers(tx, doing, type.name, survivorId)
}

/** Memberships, links, pairs, and what other parts keep about the others. */
async function moveAlong(
  tx: Tx, followers: Followers, type: EntityType, { survivorId, others, doing }: { survivorId: string; others: Row[]; doing: Doing },
): Promise<void> {
  const otherIds = others.map(({ id }) => id!)
  await mergeMembers(tx, type.name, survivorId, keptMembers(otherIds))
  const toSurvivor = (links: RawBuilder<unknown>) => sql`select ${survivorId}::uuid as record_id, l.from_id from (${links}) l where l.from_id <> ${survivorId}::uuid`
  await restoreLinks(tx, type, (fromType, column) => toSurvivor(keptLinks(otherIds, fromType, column)))
  const pairs = await restorePairs(tx, type, (relationshipId, own) => toSurvivor(keptLinks(otherIds, relationshipId, own)))
  const moved = []
  for (const other of others) {
    const merge = { entityType: type.name, fromId: other['id']!, toId: survivorId, emailKey: addressKey(other['email_address'] ?? '') }
    const by: Record<string, unknown> = {}
    for (const [name, follower] of Object.entries(followers)) by[name] = await follower.move(tx, merge)
    moved.push({ fromId: merge.fromId, by })
  }
  await noteDetail(tx, doing, { pairs, moved })
}
