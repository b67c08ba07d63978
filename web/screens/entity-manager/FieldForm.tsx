/** A field: new, or changed. A change says what happens to the data before it is done. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { fieldAddress } from './field-address.ts'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'
import { type FieldDraft, bodyOf, changesOf, draftOf } from './field-draft.ts'
import { FieldInputs, settingWords } from './FieldInputs.tsx'

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
    else save.mutate({ params: fieldAddress(type, field), body: changes })
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

/** Asked half a second after the last key, so that it is on screen before anybody saves. */
function Preview({ type, field, changes }: { type: EntityType; field: Field; changes: api.FieldChange }) {
  const [settled] = useDebouncedValue(JSON.stringify(changes), 500)
  const body = JSON.parse(settled) as api.FieldChange
  const preview = useLook(api.previewField, { params: fieldAddress(type, field), body }, { enabled: settled !== '{}' })
  if (settled === '{}' || !preview.data) return null
  const { possible, errors, notes } = preview.data
  return (
    <Alert color={possible ? 'blue' : 'red'} title={possible ? 'What happens to the data' : 'This cannot be done yet'} role="status">
      {errors.map(({ path, message }) => <Text key={path + message} size="sm">{settingWords[path] ?? path}: {message}.</Text>)}
      {possible && notes.map((note) => <Text key={note} size="sm">{note}</Text>)}
      {possible && notes.length === 0 && <Text size="sm">Nothing: every value stays as it is.</Text>}
    </Alert>
  )
}
