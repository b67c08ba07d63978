/** A definition as the API answers it. */
import type * as api from './contract.ts'
import { type EntityType, type Field, keyOf } from './definition.ts'

export const presentType = (type: EntityType): api.EntityType => ({
  name: type.name, plural: type.plural, slug: type.slug, baseType: type.baseType, mailable: type.mailable, icon: type.icon, color: type.color,
  custom: type.custom ?? false,
  fields: type.fields.map(presentField),
})

export const presentField = (field: Field): api.Field => ({
  name: field.name, key: keyOf(field), type: field.type, label: field.label,
  required: field.required ?? false, unique: field.unique ?? false, readOnly: field.readOnly ?? false,
  default: field.default ?? null, maxLength: field.maxLength ?? null,
  options: field.options ? [...field.options] : null, linksTo: field.linksTo ?? null,
  custom: field.custom ?? false, relationshipId: field.relationshipId ?? null,
})
