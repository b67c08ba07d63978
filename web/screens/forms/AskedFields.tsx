/** The fields that a form asks for beside the address: which, in which order, called what, and whether they must be filled in. */
import { ActionIcon, Checkbox, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import * as api from '../../../src/forms/contract.ts'
import { useLook } from '../../api/client.ts'
import { movedTo } from '../../ui/moved.ts'

type AskedFieldsProps = { fields: api.FormField[]; onChange: (fields: api.FormField[]) => void; error?: ReactNode }

export function AskedFields({ fields, onChange, error }: AskedFieldsProps) {
  const { data } = useLook(api.listFormFields)
  const known = data?.items ?? []
  const labels = new Map(known.map(({ name, label }) => [name, label]))
  const free = known.filter(({ name }) => !fields.some((field) => field.name === name)).map(({ name, label }) => ({ value: name, label }))
  const change = (index: number, part: Partial<api.FormField>) => onChange(fields.map((field, at) => (at === index ? { ...field, ...part } : field)))
  return (
    <Stack gap="xs">
      {fields.map((field, index) => (
        <FieldRow key={field.name} field={field} name={labels.get(field.name) ?? field.name} first={index === 0} last={index === fields.length - 1}
          onChange={(part) => change(index, part)} onMove={(by) => onChange(movedTo(fields, index, index + by))} onRemove={() => onChange(fields.filter((_, at) => at !== index))} />
      ))}
      <Select label="Add a field" placeholder="Choose a field" data={free} searchable value={null} error={error}
        onChange={(name) => { if (name) onChange([...fields, { name, label: '', required: false }]) }} />
    </Stack>
  )
}

type FieldRowProps = {
  field: api.FormField; name: string; first: boolean; last: boolean
  onChange: (part: Partial<api.FormField>) => void; onMove: (by: -1 | 1) => void; onRemove: () => void
}

function FieldRow({ field, name, first, last, onChange, onMove, onRemove }: FieldRowProps) {
  return (
    <Paper withBorder p="xs" role="group" aria-label={name}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>{name}</Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon aria-label={`Move ${name} up`} disabled={first} onClick={() => onMove(-1)}><IconArrowUp size={16} /></ActionIcon>
          <ActionIcon aria-label={`Move ${name} down`} disabled={last} onClick={() => onMove(1)}><IconArrowDown size={16} /></ActionIcon>
          <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}><IconX size={16} /></ActionIcon>
        </Group>
      </Group>
      <Group gap="sm" mt={6}>
        <TextInput aria-label={`Label of ${name}`} placeholder="The usual label" size="xs" flex={1} miw={140} value={field.label} onChange={(event) => onChange({ label: event.currentTarget.value })} />
        <Checkbox size="sm" label="Required" aria-label={`${name} is required`} checked={field.required} onChange={(event) => onChange({ required: event.currentTarget.checked })} />
      </Group>
    </Paper>
  )
}
