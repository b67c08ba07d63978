/** Which other entity type a filter looks at when it names a field: `account.industry` of Contact looks at accounts. */
import type { EntityType } from './definition.ts'
import { findDefinition } from './entity-types.ts'
import { findEnd } from './relationship-end.ts'

/** Undefined for the record's own fields, the id of a link among them, and for the name of who is responsible, which everybody sees. */
export function typeBehind(type: EntityType, key: string): EntityType | undefined {
  const dot = key.indexOf('.')
  const isName = dot < 0
  const name = isName ? key.replace(/Name$/, '') : key.slice(0, dot)
  const link = isName && !key.endsWith('Name') ? undefined : type.fields.find((field) => field.type === 'link' && field.name === name)
  const target = link && findDefinition(link.linksTo!)
  if (isName) return target?.name === 'User' ? undefined : target
  const end = findEnd(type, name)
  return target ?? (end === 'targetLists' ? undefined : end?.other)
}
