/** The fields of an entity type: those it came with and your own. */
import { Badge, Button, Code, Group, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { FieldForm } from './FieldForm.tsx'
import { RemoveField } from './RemoveField.tsx'
import { fieldTypeWords } from './field-types.ts'

const columns: Column<Field>[] = [
  { key: 'label', title: 'Field', width: 280, cell: ({ label }) => label },
  { key: 'name', title: 'In programs', width: 240, cell: ({ name }) => <Code>{name}</Code> },
  { key: 'type', title: 'Kind', cell: ({ type, entityType }) => (entityType ? `${fieldTypeWords(type)}: ${entityType}` : fieldTypeWords(type)) },
  { key: 'rules', title: 'Rules', cell: (field) => <Rules field={field} /> },
  { key: 'default', title: 'Default', width: 180, cell: ({ default: value }) => (value === null || value === '' ? '–' : Array.isArray(value) ? value.join(', ') : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)) },
  { key: 'custom', title: 'Made by', cell: ({ custom }) => (custom ? 'You' : 'Ships') },
]

/** Your own first: they are what most people come for. */
export function FieldsPanel({ type }: { type: EntityType }) {
  const fields = [...type.fields.filter(({ custom }) => custom), ...type.fields.filter(({ custom }) => !custom)]
  const add = () => modals.open({ title: 'New field', size: 'lg', children: <FieldForm type={type} /> })
  return (
    <Panel title="Fields" flush action={<Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>New field</Button>}>
      <DataTable label="Fields" rows={fields} rowId={({ name }) => name} columns={columns} menu={(field) => <FieldMenu type={type} field={field} />} />
    </Panel>
  )
}

function Rules({ field: { required, unique, readOnly, maxLength, options } }: { field: Field }) {
  const rules = [required && 'Required', unique && 'Unique', readOnly && 'Kept by Tidings', options?.length && `${options.length} options`, maxLength && maxLength < 1_000_000 && `Up to ${maxLength.toLocaleString()} characters`].filter((rule) => typeof rule === 'string')
  return rules.length === 0 ? '–' : <Group gap={4}>{rules.map((rule) => <Badge key={rule} color="gray">{rule}</Badge>)}</Group>
}

function FieldMenu({ type, field }: { type: EntityType; field: Field }) {
  const why = field.relationshipId ? 'It belongs to a relationship: remove that.' : field.custom ? undefined : 'It ships with Tidings. Hide it in the layouts.'
  return (
    <>
      <ReasonMenuItem icon={IconPencil} onClick={() => modals.open({ title: `Edit ${field.label}`, size: 'lg', children: <FieldForm type={type} field={field} /> })}>Edit…</ReasonMenuItem>
      <Menu.Divider />
      <ReasonMenuItem icon={IconTrash} danger reason={why} onClick={() => modals.open({ title: `Remove ${field.label}?`, children: <RemoveField type={type} field={field} /> })}>Remove…</ReasonMenuItem>
    </>
  )
}
