/** Which fields a form shows, and under which headings. */
import type { EntityType, Field } from '../../api/entity-types.ts'

export const editableFields = (type: EntityType): Field[] => type.fields.filter(({ readOnly }) => !readOnly)

/** A password is written with a user and never read: the form has it, the record page has not. */
const password: Field = {
  name: 'password', label: 'Password', type: 'password', required: false, unique: false, readOnly: false, default: null, maxLength: null, options: null, entityType: null,
}

export const formGroups = (type: EntityType): FieldGroup[] =>
  fieldGroups(type).map((group, index) => (type.name === 'User' && index === 0 ? { ...group, fields: [...group.fields, password] } : group))

export type FieldGroup = { title: string; fields: Field[] }

/** What people fill in first, then the address, then the rest: the order of the definition inside each. */
export function fieldGroups(type: EntityType): FieldGroup[] {
  const fields = editableFields(type)
  const isAddress = ({ name }: Field) => /^(billingA|a)ddress[A-Z]/.test(name)
  const isOrganisational = ({ name, type }: Field) => ['assignedUserId', 'teamIds'].includes(name) || type === 'longText'
  return [
    { title: 'Details', fields: fields.filter((field) => !isAddress(field) && !isOrganisational(field)) },
    { title: 'Address', fields: fields.filter(isAddress).map((field) => ({ ...field, label: withoutPrefix(field.label) })) },
    { title: 'More', fields: fields.filter(isOrganisational) },
  ].filter(({ fields }) => fields.length > 0)
}

/** Under the heading Address, `Billing Address City` is the city. */
function withoutPrefix(label: string): string {
  const short = label.replace(/^(Billing )?Address /, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}
