/** Values that every imported record gets where the file says nothing. */
import { CloseButton, Group, Select, Stack } from '@mantine/core'
import type { EntityType } from '../../api/entity-types.ts'
import { FormField } from '../../ui/FormField.tsx'
import { editableFields } from '../records/field-groups.ts'
import { useLinkFinder } from '../records/link-finder.ts'

type DefaultValuesProps = { type: EntityType; mapped: string[]; values: Record<string, unknown>; onValues: (values: Record<string, unknown>) => void }

export function DefaultValues({ type, mapped, values, onValues }: DefaultValuesProps) {
  const find = useLinkFinder()
  const fields = editableFields(type).filter(({ name }) => !mapped.includes(name))
  const remove = (name: string) => onValues(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)))
  return (
    <Stack gap="sm">
      {fields.filter(({ name }) => name in values).map((field) => (
        <Group key={field.name} align="flex-end" wrap="nowrap">
          <div style={{ flex: 1 }}><FormField field={field} value={values[field.name]} onValue={(value) => onValues({ ...values, [field.name]: value })} find={find} /></div>
          <CloseButton aria-label={`Remove default for ${field.label}`} onClick={() => remove(field.name)} mb={4} />
        </Group>
      ))}
      <Select label="The same value for all" placeholder="Add a field" searchable value={null} key={Object.keys(values).length} w={{ base: '100%', sm: 280 }}
        data={fields.filter(({ name }) => !(name in values)).map(({ name, label }) => ({ value: name, label }))} onChange={(name) => name && onValues({ ...values, [name]: '' })} />
    </Stack>
  )
}
