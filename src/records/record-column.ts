/** A field of a record table as a column of a list: what filters look at, what is shown. */
import { sql } from 'kysely'
import type { ListColumn } from '../listing/listable.ts'
import { columnOf, type Field } from './definition.ts'

const alwaysThere = new Set(['text', 'longText', 'email', 'phone', 'url', 'enum', 'boolean', 'multiEnum', 'linkMultiple'])

/** `alias`: the name of the row in the statement. */
export function columnAt(alias: string, field: Field): ListColumn {
  const at = sql.id(alias, columnOf(field))
  return {
    type: field.type,
    sql: at,
    ...(field.options && { options: field.options }),
    ...(field.name === 'emailAddress' && { folded: sql.id(alias, 'email_key') }),
    ...(field.type === 'decimal' && { select: sql`${at}::float8` }),
    ...(field.type === 'currency' && {
      select: sql`case when ${at} is not null
        then jsonb_build_object('amount', ${at}::text, 'currency', ${sql.id(alias, `${columnOf(field)}_currency`)}) end`,
    }),
    notNull: alwaysThere.has(field.type) || field.name === 'createdAt' || field.name === 'modifiedAt',
  }
}

/** The currency of a money field, beside its amount: `EUR`, empty where there is no amount. */
export const currencyAt = (alias: string, field: Field): ListColumn =>
  ({ type: 'text', sql: sql.id(alias, `${columnOf(field)}_currency`), shown: false })
