/** Which fields a form has, by the layout: those a person may write, and a user's password. */
import type { EntityType, Field } from '../../api/entity-types.ts'
import { type FieldGroup, useFieldGroups } from '../../api/layouts.ts'

export const editableFields = (type: EntityType): Field[] => type.fields.filter(({ readOnly }) => !readOnly)

/** A password is written with a user and never read: the form has it, the record page has not. */
const password: Field = {
  name: 'password', label: 'Password', type: 'password', required: false, unique: false, readOnly: false, default: null, maxLength: null, options: null, custom: false, relationshipId: null, entityType: null,
}

export function useFormGroups(type: EntityType): FieldGroup[] {
  const groups = useFieldGroups(type)
    .map(({ title, fields }) => ({ title, fields: fields.filter(({ readOnly }) => !readOnly) })).filter(({ fields }) => fields.length > 0)
  return groups.map((group, index) => (type.name === 'User' && index === 0 ? { ...group, fields: [...group.fields, password] } : group))
}
