/** What a row is grouped by: the key that rows share, how it is ordered and called. As the filter language tells values apart: text in lower case, an empty text as none. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { dateWords } from '../charts/date-groups.ts'
import { isNumber, isTime } from '../listing/field-kinds.ts'
import type { FieldType, ListColumn } from '../listing/listable.ts'
import type { Grouping } from './contract.ts'
import { namesOf } from './link-labels.ts'
import { type Source, wordsOf } from './source.ts'
import type { Unit } from './units.ts'

type Sql = RawBuilder<unknown>

export type Group = { grouping: Grouping; column: ListColumn; type: FieldType; unit: Unit | undefined; linksTo: string | undefined; codes: boolean }

export function groupsOf(groupBy: readonly Grouping[], source: Source): Group[] {
  return groupBy.map((grouping) => {
    const column = source.listable.columns[grouping.field]!
    const field = source.fields.find(({ key }) => key === grouping.field)
    // Options of records are the company's own words; codes of deliveries and the log are ours.
    const codes = column.type === 'enum' && grouping.field !== 'entityType' && (source.people === 'recipients' && !/^[A-Z]/.test(grouping.field))
    return { grouping, column, type: column.type, unit: isTime(column.type) ? (grouping.unit ?? 'day') : undefined, linksTo: field?.linksTo, codes }
  })
}

const isText = (type: FieldType) => ['text', 'email', 'phone', 'url'].includes(type)

/** Over a row: values as they are written, times by their day. With `timeZone` null it is that of the session: several times quicker. */
export function keyOf({ column, type }: Group, timeZone: string | null): Sql {
  if (type === 'dateTime') return timeZone === null ? sql`(${column.sql})::date` : sql`((${column.sql}) at time zone ${timeZone}::text)::date`
  return isText(type) || type === 'enum' ? sql`nullif((${column.sql})::text, '')` : column.sql
}

/** Over a key: what is the same to the filter language. Written out, since `group by` has to find the same expression. */
export function sameKey({ type, unit }: Group, key: Sql): Sql {
  if (unit !== undefined && unit !== 'day') return sql`date_trunc(${sql.lit(unit)}, (${key})::timestamp)::date`
  return isText(type) ? sql`lower(${key})` : key
}

/** Of several spellings the one that most rows have, without sorting them. `count` is that of the key. */
export const spelling = ({ type }: Group, key: Sql, count: Sql): Sql =>
  (isText(type) ? sql`substr(max((lpad(${count}::text, 15, '0') || ${key}) collate "C"), 16)` : sql`null::text`)

/** As JSON has it: numbers as text, since some are longer than a number can be. */
export function rawOf({ type }: Group, same: Sql, spelled: Sql): Sql {
  if (isText(type)) return spelled
  return isNumber(type) ? sql`trim_scale((${same})::numeric)::text` : isTime(type) ? sql`(${same})::text` : same
}

/** The name of what a link leads to; null where it may not be seen. */
export function nameOf({ linksTo }: Group, same: Sql, actor: Actor): Sql {
  const names = linksTo === undefined ? undefined : namesOf(linksTo, actor, sql<boolean>`r.id = ${same}`)
  return names ? sql`(select name from (${names}) named)` : sql`null::text`
}

/** Links by name, options in the order in which they were given, all else by itself. */
export function orderOf({ type, column, linksTo }: Group, same: Sql, name: Sql): Sql[] {
  if (linksTo !== undefined) return [sql`lower(${name})`, same]
  return type === 'enum' && column.options ? [sql`array_position(${[...column.options]}::text[], ${same})`, same] : [same]
}

export type GroupValue = string | number | boolean | null

/** A number where it is one to the last digit. */
export function valueOfGroup({ type }: Group, raw: unknown): GroupValue {
  if (!isNumber(type) || typeof raw !== 'string') return (raw as GroupValue) ?? null
  const number = Number(raw)
  return String(number) === raw ? number : raw
}

export const emptyLabel = '(empty)'

export function labelOfGroup({ type, unit, linksTo, codes }: Group, value: GroupValue, name: unknown): string {
  if (value === null) return emptyLabel
  if (linksTo !== undefined) return typeof name === 'string' && name !== '' ? name : '(not visible)'
  if (unit !== undefined) return dateWords(String(value), unit, 'en-GB')
  if (type === 'boolean') return value ? 'Yes' : 'No'
  return codes ? wordsOf(String(value)) : String(value)
}
