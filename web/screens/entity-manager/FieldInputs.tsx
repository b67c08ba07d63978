/** The settings of a field, as far as its kind has them. What ships with Tidings keeps its kind and its limits. */
import { Code, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core'
import type { Field } from '../../api/entity-types.ts'
import { FormField } from '../../ui/FormField.tsx'
import { type FieldDraft, nameOf } from './field-draft.ts'
import { fieldTypes, hasDefault, hasMaxLength, hasOptions, mayBeUnique } from './field-types.ts'
import { OptionsEditor } from './OptionsEditor.tsx'

export const settingWords: Record<string, string> = {
  label: 'Label', name: 'Name', type: 'Kind', options: 'Options', maxLength: 'Longest text', default: 'Default', required: 'Required', unique: 'Unique',
}

type FieldInputsProps = { draft: FieldDraft; onChange: (changes: Partial<FieldDraft>) => void; faults: Record<string, string>; field: Field | undefined }

export function FieldInputs(props: FieldInputsProps) {
  const { draft: { label }, onChange, faults, field } = props
  return (
    <>
      <TextInput label={settingWords['label']} description="What people read." required data-autofocus value={label} error={faults['label']} onChange={(event) => onChange({ label: event.currentTarget.value })} />
      <NameInput {...props} />
      {field?.readOnly ? <Text size="sm" c="dimmed">Tidings keeps this field itself; only its label can be changed.</Text> : <Settings {...props} />}
    </>
  )
}

function NameInput({ draft, onChange, faults, field }: FieldInputsProps) {
  if (field) return <Text size="sm" c="dimmed">Programs and placeholders call it <Code>{field.name}</Code>. That stays.</Text>
  return (
    <TextInput label={settingWords['name']} description="What programs and placeholders call it. It cannot be changed later." required value={nameOf(draft)} error={faults['name']}
      onChange={(event) => onChange({ typedName: event.currentTarget.value })} />
  )
}

function Settings({ draft, onChange, faults, field }: FieldInputsProps) {
  const { type, required, unique, maxLength, options } = draft
  const ships = field !== undefined && !field.custom
  const stays = 'It ships with Tidings, so this stays.'
  const about = ships ? stays : fieldTypes.find(({ value }) => value === type)?.about
  return (
    <>
      {!field?.entityType && <Select label={settingWords['type']} description={about} disabled={ships} data={fieldTypes} value={type} error={faults['type']} onChange={(value) => value && onChange({ type: value as FieldDraft['type'], default: null })} />}
      {hasOptions(type) && <OptionsEditor options={options} error={faults['options']} onOptions={(next) => onChange({ options: next })} />}
      {hasMaxLength(type) && <NumberInput label={settingWords['maxLength']} description={ships ? stays : 'In characters. Empty: the usual for this kind.'} disabled={ships} min={1} allowDecimal={false} value={maxLength ?? ''} error={faults['maxLength']} onChange={(value) => onChange({ maxLength: value === '' ? null : Number(value) })} />}
      {hasDefault(type) && type !== 'boolean' && <FormField field={{ name: 'default', label: settingWords['default']!, type, options, maxLength }} value={draft.default} error={faults['default']} onValue={(value) => onChange({ default: value })} />}
      {type === 'boolean' && <Switch label="A new record says yes" checked={draft.default === true} onChange={(event) => onChange({ default: event.currentTarget.checked })} />}
      {type !== 'boolean' && <Switch label={settingWords['required']} description={ships && field.required ? stays : 'A record cannot be saved without it.'} disabled={ships && field.required} checked={required} error={faults['required']} onChange={(event) => onChange({ required: event.currentTarget.checked })} />}
      {mayBeUnique(type) && <Switch label={settingWords['unique']} description={ships ? stays : 'No two records may have the same.'} disabled={ships} checked={unique} error={faults['unique']} onChange={(event) => onChange({ unique: event.currentTarget.checked })} />}
    </>
  )
}
