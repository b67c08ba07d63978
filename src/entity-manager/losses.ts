/** What undoing the last change would set aside, in words. Counted when somebody asks, up to a bound in number and time: tables may have millions of rows. */
import { sql } from 'kysely'
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { Db } from '../platform/db.ts'
import { columnOf, type EntityType, type Field, type Relationship } from '../records/definition.ts'
import { entityTypes, relationships } from '../records/entity-types.ts'
import { joined, type StoredDefinitions } from '../records/stored-definitions.ts'
import { type Condition, hasValue } from './field-data.ts'

const mostCounted = 100_000
const patienceMs = 3_000
type Count = (table: string, one: string, where?: Condition) => Promise<string>

/** What there is now and was not before, with how much it holds. */
export async function lossesOf(db: Db, stored: StoredDefinitions, most = mostCounted): Promise<string[]> {
  const count: Count = (...what) => counted(db, most, ...what)
  const before = joined(stored)
  const losses: string[] = []
  for (const type of entityTypes()) losses.push(...await lossesIn(count, type, before.types.find(({ name }) => name === type.name)))
  const known = new Set(before.relationships.map(({ id }) => id))
  for (const relationship of relationships().filter(({ id, joinTable }) => joinTable !== null && !known.has(id))) losses.push(await lossOfPairs(count, relationship))
  return losses
}

async function lossesIn(count: Count, type: EntityType, earlier: EntityType | undefined): Promise<string[]> {
  if (!earlier) return [`Entity type ${type.name}, with ${await count(type.table, 'record')}`, ...noMoreMail(type)]
  const columns = new Set(earlier.fields.map(columnOf))
  const losses: string[] = []
  for (const field of type.fields.filter((each) => each.custom && !columns.has(columnOf(each)))) losses.push(await lossOfField(count, type, field, earlier))
  return earlier.mailable ? losses : [...losses, ...noMoreMail(type)]
}

const noMoreMail = ({ mailable, plural }: EntityType): string[] => (mailable ? [`${plural} can no longer be mailed: what is not sent yet is skipped`] : [])

async function lossOfField(count: Count, type: EntityType, field: Field, earlier: EntityType): Promise<string> {
  const values = await count(type.table, 'value', hasValue(field))
  const replaced = earlier.fields.some(({ name }) => name === field.name)
  return replaced ? `“${field.label}” of ${type.name} gets the values back that it had before its kind was changed, instead of ${values}` : `Field “${field.label}” of ${type.name}, with ${values}`
}

const lossOfPairs = async (count: Count, { left, right, joinTable }: Relationship): Promise<string> =>
  `The relationship of ${left} and ${right}, with ${await count(joinTable!, 'pair')}`

async function counted(db: Db, most: number, table: string, one: string, where: Condition = sql<boolean>`true`): Promise<string> {
  const read = await readWithin(db, patienceMs, (tx) => sql<{ count: number }>`
    select count(*) as count from (select from ${sql.table(table)} where ${where} limit ${most + 1}) found`.execute(tx))
  if (read === tooLate) return `an unknown number of ${one}s (there are too many records to count quickly)`
  const { count } = read.rows[0]!
  if (count > most) return `more than ${most.toLocaleString('en')} ${one}s`
  return count === 0 ? `no ${one}s` : `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}
