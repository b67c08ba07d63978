/** What makes two records of a type look like one, as SQL over its table: the address, or the name with city, account or phone. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import type { DuplicateReason } from './contract.ts'

/** `parts` are expressions over `r`, all of which must be alike and none empty. An index leads with the first. */
export type Likeness = { reason: DuplicateReason; parts: RawBuilder<string>[] }

export function likenessesOf(type: EntityType): Likeness[] {
  const name = sql<string>`lower(r.name)`
  const city = fieldLike(type, ({ type: kind, name: given }) => kind === 'text' && /city$/i.test(given))
  const account = fieldLike(type, ({ name: given }) => given === 'account' || given === 'accountName')
  const phone = fieldLike(type, ({ type: kind }) => kind === 'phone')
  return [
    ...(fieldLike(type, ({ name: given }) => given === 'emailAddress') ? [{ reason: 'emailAddress' as const, parts: [sql<string>`r.email_key`] }] : []),
    ...(city ? [{ reason: 'nameAndCity' as const, parts: [name, folded(city)] }] : []),
    ...(account ? [{ reason: 'nameAndAccount' as const, parts: [name, folded(account)] }] : []),
    ...(phone ? [{ reason: 'nameAndPhone' as const, parts: [name, digits(phone)] }] : []),
  ]
}

const fieldLike = (type: EntityType, fits: (field: Field) => boolean) => type.fields.find(fits)

const folded = (field: Field) => sql<string>`lower(r.${sql.id(columnOf(field))}::text)`

/** `+49 (30) 123` and `4930123` are the same number; the sign of a country and leading zeros are written or not. */
const digits = (field: Field) => sql<string>`ltrim(regexp_replace(r.${sql.id(columnOf(field))}, '\\D', '', 'g'), '0')`

/** All parts are there. The first one alone is written so that partial indexes on addresses are used. */
export const isGiven = ({ parts }: Likeness): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(parts.map((part) => sql`${part} <> ''`), sql` and `)})`
