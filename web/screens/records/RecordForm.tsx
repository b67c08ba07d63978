/** The form of a record, made from the definition of its entity type. Sends only what was filled in or changed. */
import { Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { useState } from 'react'
import type { EntityType, Field } from '../../api/entity-types.ts'
import type { ApiError } from '../../api/problem.ts'
import { linkedName } from '../../api/records.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { DuplicateWarning } from '../duplicates/DuplicateWarning.tsx'
import { changedValues } from './changed-values.ts'
import { useFormGroups } from './field-groups.ts'
import { useLinkFinder } from './link-finder.ts'

type RecordFormProps = {
  type: EntityType
  initial: Record<string, unknown>
  saveLabel: string
  saving: boolean
  error: ApiError | null
  onSave: (changes: Record<string, unknown>) => void
  onCancel: () => void
}

export function RecordForm({ type, initial, saveLabel, saving, error, onSave, onCancel }: RecordFormProps) {
  const [start] = useState<Record<string, unknown>>(() => ({ ...defaultsOf(type, initial), ...initial }))
  const [values, setValues] = useState(start)
  const find = useLinkFinder()
  const groups = useFormGroups(type)
  const changes = changedValues(values, initial)
  useUnsavedWarning(Object.keys(changedValues(values, start)).length > 0 && !saving)
  const put = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }))
  const inputs = (fields: Field[]) => fields.map((field) => (
    <FormField key={field.name} field={field} value={values[field.name]} onValue={(value) => put(field.name, value)}
      error={error?.byField[field.name]} linkedName={linkedName(initial, field)} find={find} />
  ))
  return (
    <form onSubmit={(event) => { event.preventDefault(); onSave(changes) }}>
      <Stack>
        <ErrorNote error={error} />
        {groups.map(({ title, fields }) => (
          <Panel key={title} title={title}><SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">{inputs(fields)}</SimpleGrid></Panel>
        ))}
        <DuplicateWarning type={type} values={values} id={initial['id'] as string | undefined} />
        <Group>
          <Button type="submit" loading={saving}>{saveLabel}</Button>
          <Button variant="default" onClick={onCancel}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A new record begins with the defaults of its type; one that is there has its values. */
const defaultsOf = (type: EntityType, initial: Record<string, unknown>) =>
  ('id' in initial ? {} : Object.fromEntries(type.fields.filter((field) => field.default !== null).map((field) => [field.name, field.default])))
