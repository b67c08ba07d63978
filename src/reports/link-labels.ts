/** The names of what ids lead to, for rows that are shown: one query for each type, whatever the number of rows. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Item } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import { linkTableOf, mayLinkTo } from '../records/link-targets.ts'
import type { Source, SourceField } from './source.ts'

/** What no record links to; whose rows are shown, may be read as they may. */
const mailTables: Record<string, string> = { Campaign: 'campaign', MassEmail: 'mass_email', TrackingUrl: 'tracking_url' }

/** (id, name) of what somebody may see the name of. Undefined for a type that is gone. */
export function namesOf(linksTo: string, actor: Actor, where: RawBuilder<boolean>): RawBuilder<{ id: string; name: string }> | undefined {
  const mailTable = Object.hasOwn(mailTables, linksTo) ? mailTables[linksTo] : undefined
  const table = mailTable ?? linkTableOf(linksTo)
  if (table === undefined) return undefined
  return sql`select r.id, r.name from ${sql.table(table)} r where ${mailTable ? sql<boolean>`true` : mayLinkTo(actor, linksTo)} and ${where}`
}

/** `accountId` → `accountName`, `account.assignedUserId` → `account.assignedUserName`, `teamIds` → `teamNames`. */
export const nameKeyOf = (key: string): string => key.replace(/Id(s?)$/, 'Name$1')

/** Beside each id its name; null where it may not be seen. */
export async function withLinkNames(db: Db, actor: Actor, { fields }: Source, keys: readonly string[], items: Item[]): Promise<Item[]> {
  const links = fields.filter(({ key, linksTo }) => linksTo !== undefined && keys.includes(key))
  if (links.length === 0 || items.length === 0) return items
  const names = await readNames(db, actor, links, items)
  const nameOf = (linksTo: string, id: unknown) => names.get(`${linksTo} ${String(id)}`) ?? null
  const named = ({ linksTo }: SourceField, value: unknown) => (Array.isArray(value) ? value.map((id) => nameOf(linksTo!, id)) : nameOf(linksTo!, value))
  return items.map((item) => ({ ...item, ...Object.fromEntries(links.map((link) => [nameKeyOf(link.key), named(link, item[link.key])])) }))
}

async function readNames(db: Db, actor: Actor, links: readonly SourceField[], items: readonly Item[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const linksTo of new Set(links.map((link) => link.linksTo!))) {
    const keys = links.filter((link) => link.linksTo === linksTo).map(({ key }) => key)
    const ids = new Set(items.flatMap((item) => keys.flatMap((key) => item[key])).filter((id) => typeof id === 'string'))
    const select = namesOf(linksTo, actor, sql<boolean>`r.id = any(${[...ids]}::uuid[])`)
    const { rows } = select ? await select.execute(db) : { rows: [] }
    for (const { id, name } of rows) names.set(`${linksTo} ${id}`, name)
  }
  return names
}
