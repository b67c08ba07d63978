/** What the audience needs to know of an entity type, and the order in which types are mailed. */
import { type RawBuilder, sql } from 'kysely'
import type { EntityType } from '../records/definition.ts'
import { entityTypes } from '../records/entity-types.ts'

/** `mailable: false` is a type that was related to target lists once: its members stay and get the verdict notMailable. */
export type MailableType = Pick<EntityType, 'name' | 'table' | 'baseType' | 'mailable'>

const shipped = ['Contact', 'Lead', 'User', 'Account']

/** Contact, Lead, User, custom Person types, Account, custom Company types: a person wins a shared address. */
export function inMailingOrder(types: readonly MailableType[]): MailableType[] {
  const place = ({ name, baseType }: MailableType) =>
    [baseType === 'person' ? 0 : 1, shipped.includes(name) ? shipped.indexOf(name) : shipped.length, name] as const
  return [...types].sort((a, b) => {
    const [baseA, shippedA, nameA] = place(a)
    const [baseB, shippedB, nameB] = place(b)
    return baseA - baseB || shippedA - shippedB || (nameA < nameB ? -1 : 1)
  })
}

/** One SELECT over every type's record table: `union all` of what `part` says for each. */
export const overTypes = (types: readonly MailableType[], part: (type: MailableType, rank: number) => RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(types.map(part), sql` union all `)

/** Every type whose records may be, or once were, in target lists, in their order. */
export const audienceTypes = (): MailableType[] => inMailingOrder(entityTypes().filter(({ baseType }) => baseType !== 'base'))
