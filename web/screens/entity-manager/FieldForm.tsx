/** A field: new, or changed. A change says what happens to the data before it is done. */
import { Alert, Button, Code, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'
import { type FieldDraft, bodyOf, changesOf, draftOf, nameOf } from './field-draft.ts'
import { fieldTypes, hasDefault, hasMaxLength, hasOptions, mayBeUnique } from './field-types.ts'
import { OptionsEditor } from './OptionsEditor.tsx'

export function FieldForm({ type, field }: { type: EntityType; field?: Field }) {
  const [draft, setDraft] = useState(() => draftOf(field))
  const change = (changes: Partial<FieldDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const done = { refreshes: definitionReads, done: () => { modals.closeAll(); succeeded('Saved. It counts at once.') } }
  const create = useAction(api.createField, done)
  const save = useAction(api.changeField, done)
  const changes = field ? changesOf(draft, field) : {}
  const send = () => {
    if (!field) create.mutate({ params: { name: type.name }, body: bodyOf(draft) })
    else if (Object.keys(changes).length === 0) modals.closeAll()
    else save.mutate({ params: { name: type.name, field: field.name }, body: changes })
  }
  const error = create.error ?? save.error
  return (
    <form onSubmit={(event) => { event.preventDefault(); send() }} noValidate>
      <Stack>
        <ErrorNote error={error} />
        <FieldInputs draft={draft} onChange={change} faults={error?.byField ?? {}} field={field} />
        {field && <Preview type={type} field={field} changes={changes} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" loading={create.isPending || save.isPending}>{field ? 'Save' : 'Add the field'}</Button>
        </Group>
      </Stack>
    </form>
  )
}

type FieldInputsProps = { draft: FieldDraft; onChange: (changes: Partial<FieldDraft>) => void; faults: Record<string, string>; field: Field | undefined }

function FieldInputs({ draft, onChange, faults, field }: FieldInputsProps) {
  const { label, type, required, unique, maxLength, options } = draft
  const about = fieldTypes.find(({ value }) => value === type)?.about
  const isLink = field?.entityType !== null && field !== undefined
  const defaultField = { name: 'default', label: 'Default', type, options, maxLength }
  return (
    <>
      <TextInput label="Label" description="What people read." required data-autofocus value={label} error={faults['label']} onChange={(event) => onChange({ label: event.currentTarget.value })} />
      {field
        ? <Text size="sm" c="dimmed">Programs and placeholders call it <Code>{field.name}</Code>. That stays.</Text>
        : <TextInput label="Name" description="What programs and placeholders call it. It cannot be changed later." required value={nameOf(draft)} error={faults['name']} onChange={(event) => onChange({ typedName: event.currentTarget.value })} />}
      {!isLink && <Select label="Kind" description={about} data={fieldTypes} value={type} error={faults['type']} onChange={(value) => value && onChange({ type: value as FieldDraft['type'], default: null })} />}
      {hasOptions(type) && <OptionsEditor options={options} error={faults['options']} onOptions={(next) => onChange({ options: next })} />}
      {hasMaxLength(type) && <NumberInput label="Longest text" description="In characters. Empty: the usual for this kind." min={1} allowDecimal={false} value={maxLength ?? ''} error={faults['maxLength']} onChange={(value) => onChange({ maxLength: value === '' ? null : Number(value) })} />}
      {hasDefault(type) && type !== 'boolean' && <FormField field={defaultField} value={draft.default} error={faults['default']} onValue={(value) => onChange({ default: value })} />}
      {type === 'boolean' && <Switch label="A new record says yes" checked={draft.default === true} onChange={(event) => onChange({ default: event.currentTarget.checked })} />}
      {type !== 'boolean' && <Switch label="Required" description="A record cannot be saved without it." checked={required} error={faults['required']} onChange={(event) => onChange({ required: event.currentTarget.checked })} />}
      {mayBeUnique(type) && <Switch label="Unique" description="No two records may have the same." checked={unique} error={faults['unique']} onChange={(event) => onChange({ unique: event.currentTarget.checked })} />}
    </>
  )
}

/** Asked half a second after the last key, so that it is on screen before anybody saves. */
function Preview({ type, field, changes }: { type: EntityType; field: Field; changes: api.FieldChange }) {
  const [settled] = useDebouncedValue(JSON.stringify(changes), 500)
  const body = JSON.parse(settled) as api.FieldChange
  const preview = useLook(api.previewField, { params: { name: type.name, field: field.name }, body }, { enabled: settled !== '{}' })
  if (settled === '{}' || !preview.data) return null
  const { possible, errors, notes } = preview.data
  return (
    <Alert color={possible ? 'blue' : 'red'} title={possible ? 'What happens to the data' : 'This cannot be done yet'} role="status">
      {errors.map(({ path, message }) => <Text key={path + message} size="sm">{path} {message}</Text>)}
      {notes.map((note) => <Text key={note} size="sm">{note}</Text>)}
      {possible && notes.length === 0 && <Text size="sm">Nothing: every value stays as it is.</Text>}
    </Alert>
  )
}
