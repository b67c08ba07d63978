/** The history of the settings: what each change did, field by field, and how it is taken back. Secrets are named, never kept. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { inBatches } from '../platform/in-batches.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { jsonFor } from '../platform/json.ts'
import type { SettingChange } from './contract.ts'
import { type SettingGroup, settingGroups, settingsOf, valueAt } from './table.ts'

export type How = SettingChange['how']
export type ChangedField = SettingChange['fields'][number]

/** The fields whose values differ. `replaced`: secrets that are not what they were. */
export function changedFields(group: SettingGroup, { before, after, replaced = [] }: { before: object; after: object; replaced?: readonly string[] }): ChangedField[] {
  return settingsOf(group).flatMap(({ key, secret }): ChangedField[] => {
    if (secret) return replaced.includes(key) ? [{ key, secret: true }] : []
    const [was, is] = [valueAt(before, key) ?? null, valueAt(after, key) ?? null]
    return isDeepStrictEqual(was, is) ? [] : [{ key, before: was, after: is }]
  })
}

/** What changed nothing is no change. */
export async function keepChange(tx: Tx, group: SettingGroup, values: Parameters<typeof changedFields>[1], by: { actor: Actor; now: Date; how: How }): Promise<ChangedField[]> {
  const fields = changedFields(group, values)
  if (fields.length === 0) return fields
  const { actor: { userId, userName }, now: at, how } = by
  await tx.insertInto('settingChange').values({ id: newId(), ofGroup: group, at, userId: userId || null, userName, how, fields: jsonFor(fields) }).execute()
  return fields
}

const changes: Listable = {
  from: sql`setting_change c`,
  id: sql`c.id`,
  columns: {
    id: { type: 'link', sql: sql`c.id` },
    group: { type: 'enum', sql: sql`c.of_group`, options: settingGroups },
    at: { type: 'dateTime', sql: sql`c.at`, notNull: true },
    userName: { type: 'text', sql: sql`c.user_name` },
    how: { type: 'text', sql: sql`c.how` },
    fields: { type: 'text', sql: sql`c.fields::text`, select: sql`c.fields` },
  },
  search: [sql`c.user_name`, sql`c.fields::text`],
  defaultSort: '-at',
}

export const changesPage = (db: Db, query: ListQuery, context: ListContext) => listPage(db, changes, query, context)

/** The body of the PATCH that gives the fields of a change their earlier values again. */
export async function takeBackOf(db: Db, id: string): Promise<{ group: SettingGroup; fields: string[]; body: object }> {
  const row = isId(id) ? await db.selectFrom('settingChange').select(['ofGroup', 'fields']).where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('change of settings', id)
  const fields = (row.fields as ChangedField[]).filter(({ secret }) => !secret)
  if (fields.length === 0) throw new AppError('conflict', 'secretsOnly', 'Only secrets were changed, and earlier secrets are kept nowhere. Enter the one that is to hold.')
  return { group: row.ofGroup as SettingGroup, fields: fields.map(({ key }) => key), body: patchOf(fields) }
}

function patchOf(fields: readonly ChangedField[]): object {
  const body: Record<string, unknown> = {}
  for (const { key, before } of fields) {
    const [name, inner] = key.split('.') as [string, string?]
    body[name] = inner === undefined ? before : { ...(body[name] as object | undefined), [inner]: before }
  }
  return body
}

/** Clean Up, with the audit log's days. */
export const forgetOldChanges = (db: Db, keptSince: Date): Promise<number> => inBatches((limit) => sql`
  delete from setting_change where id in (select id from setting_change where at < ${keptSince} limit ${limit})`.execute(db))
