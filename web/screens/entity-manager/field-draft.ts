/** A field while it is typed: from a definition, to what the API takes. The name is guessed from the label until somebody types one. */
import type { FieldChange, FieldInput } from '../../../src/entity-manager/contract.ts'
import type { Field } from '../../api/entity-types.ts'
import { hasDefault, hasMaxLength, hasOptions, mayBeUnique } from './field-types.ts'
import { fieldNameOf } from './names.ts'

export type FieldDraft = {
  label: string
  /** Null while it is only guessed. */
  typedName: string | null
  type: FieldInput['type']
  required: boolean
  unique: boolean
  default: unknown
  maxLength: number | null
  options: string[]
}

export const draftOf = (field?: Field): FieldDraft => ({
  label: field?.label ?? '', typedName: null, type: (field?.type ?? 'text') as FieldDraft['type'], required: field?.required ?? false, unique: field?.unique ?? false,
  default: field?.default ?? null, maxLength: field?.maxLength ?? null, options: field?.options ?? [],
})

export const nameOf = ({ typedName, label }: FieldDraft): string => typedName ?? fieldNameOf(label)

export const bodyOf = (draft: FieldDraft): FieldInput => ({ name: nameOf(draft), ...settingsOf(draft) })

/** Only what differs: a change of the label alone must not be taken for one of the data. */
export function changesOf(draft: FieldDraft, field: Field): FieldChange {
  const before: Record<string, unknown> = settingsOf(draftOf(field))
  return Object.fromEntries(Object.entries(settingsOf(draft)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])))
}

/** What the kind of field has; the rest is not said. */
function settingsOf({ label, type, required, unique, default: given, maxLength, options }: FieldDraft) {
  return {
    label: label.trim(), type, required: type !== 'boolean' && required,
    ...(mayBeUnique(type) && { unique }), ...(hasMaxLength(type) && { maxLength }), ...(hasOptions(type) && { options }),
    ...(hasDefault(type) && { default: given === '' ? null : given }),
  }
}
