/** What a column may become: a field that a form may write, a related record by its name, a "no" of the address, or the id by which exported records are found again. */
import type { EntityType, Field } from '../../api/entity-types.ts'
import { editableFields } from '../records/field-groups.ts'

export type Target = { name: string; label: string; group: string; hint?: string; type: string }

const refusals: Target[] = [
  { name: 'optedOut', label: 'Opted out of everything', group: 'What the address refused', hint: 'yes opts the address out of every list. no changes nothing.', type: 'refusal' },
  { name: 'optedOutOfList', label: 'Opted out of the target list', group: 'What the address refused', hint: 'yes opts the address out of the target list chosen below. no changes nothing.', type: 'refusal' },
  { name: 'invalidAddress', label: 'Invalid address', group: 'What the address refused', hint: 'yes marks the address as dead: it is not mailed. no changes nothing.', type: 'refusal' },
]

export function importableFields(type: EntityType): Target[] {
  const fields = editableFields(type)
  const links = fields.filter(({ entityType }) => entityType !== null)
  return [
    ...fields.filter(({ entityType }) => entityType === null).map(({ name, label, type }) => ({ name, label, group: 'Fields', type })),
    ...links.map((field) => ({ name: byName(field), label: `${field.label}, by name`, group: 'Related records', hint: `The record of type ${field.entityType} with this name.`, type: field.type })),
    ...links.map((field) => ({ name: field.name, label: `${field.label}, by ID`, group: 'Related records', type: field.type })),
    ...(type.mailable ? refusals : []),
    { name: 'id', label: 'ID', group: 'To find records again', hint: 'As an export writes it.', type: 'text' },
  ]
}

/** `accountId` is by id, `account` by name; `teamIds`, `teams`. */
const byName = ({ name, type }: Field): string => (type === 'link' ? name.replace(/Id$/, '') : name.replace(/Ids$/, 's'))

export const isLinkByName = (type: EntityType, name: string): boolean => editableFields(type).some((field) => field.entityType !== null && byName(field) === name)

/** Two ways to fill one field exclude each other. */
export const fills = (type: EntityType, name: string): string => editableFields(type).find((field) => field.entityType !== null && byName(field) === name)?.name ?? name

const findable = new Set(['text', 'email', 'phone', 'url', 'enum', 'integer', 'decimal'])

/** Mapped fields by which a record can be found. */
export const keyFields = (type: EntityType, mapping: Record<string, string>): Target[] => {
  const mapped = new Set(Object.values(mapping))
  return importableFields(type).filter(({ name, type: kind }) => findable.has(kind) && mapped.has(name))
}
