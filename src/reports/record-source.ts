/** Records of an entity type as what a report is about: their fields, and those of what they link to. */
import type { Actor } from '../access/actor.ts'
import { type EntityType, type Field, keyOf } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { listableOf, readableList } from '../records/record-list.ts'
import type { Source, SourceField } from './source.ts'

export function recordSource(type: EntityType, actor: Actor | null): Source {
  const keys = type.fields.map(keyOf)
  return {
    name: type.name, plural: type.plural, slug: type.slug, people: type.mailable ? 'records' : 'nobody', alwaysRead: [],
    listable: actor ? readableList(type, actor) : listableOf(type),
    fields: [...fieldsOfType(type), ...type.fields.flatMap(linkedFields)],
    defaultColumns: usual.filter((key) => keys.includes(key)),
  }
}

const usual = ['name', 'emailAddress', 'accountId', 'status', 'industry', 'assignedUserId', 'createdAt']

/** `prefix` and `through`: where the type is reached by a link. */
export const fieldsOfType = (type: EntityType, prefix = '', through?: string): SourceField[] => type.fields.flatMap((field) => {
  const own: SourceField = { key: prefix + keyOf(field), label: field.label, type: field.type, options: field.options, through, linksTo: field.linksTo }
  return field.type === 'currency' ? [own, { key: `${own.key}Currency`, label: `${field.label} Currency`, type: 'text', through }] : [own]
})

function linkedFields(field: Field): SourceField[] {
  const target = field.type === 'link' ? findDefinition(field.linksTo!) : undefined
  return target ? fieldsOfType(target, `${field.name}.`, field.label) : []
}
