/** Step two: which field each column is, with values of the file beside it. */
import { Select, Text } from '@mantine/core'
import type { Preview } from '../../../src/exchange/contract.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { fills, importableFields, type Target } from './importable-fields.ts'
import type { ImportDraft } from './import-draft.ts'

type PreviewColumn = Preview['columns'][number]
type ColumnsStepProps = { draft: ImportDraft; type: EntityType; onMapping: (mapping: Record<string, string>) => void }

export function ColumnsStep({ draft: { preview, mapping }, type, onMapping }: ColumnsStepProps) {
  const put = (column: string, field: string | null) => {
    const { [column]: _before, ...others } = mapping
    onMapping(field ? { ...others, [column]: field } : others)
  }
  const targets = importableFields(type)
  const columns: Column<PreviewColumn>[] = [
    { key: 'column', title: 'Column', cell: ({ name }) => <b>{name}</b>, width: 220 },
    { key: 'samples', title: 'Values', cell: ({ samples }) => <Text size="sm" c="dimmed" truncate>{samples.join(' · ') || 'empty'}</Text>, width: 280 },
    { key: 'field', title: 'Becomes', cell: ({ name }) => <FieldSelect column={name} type={type} targets={targets} mapping={mapping} onField={(field) => put(name, field)} /> },
  ]
  return (
    <>
      <Text size="sm" c="dimmed" px="lg" pt="sm">Guessed by the names of the columns: hold each against its values. A column that becomes nothing is left out.</Text>
      <DataTable label="Columns of the file" rows={preview!.columns} rowId={({ name }) => name} columns={columns} />
    </>
  )
}

type FieldSelectProps = { column: string; type: EntityType; targets: Target[]; mapping: Record<string, string>; onField: (field: string | null) => void }

function FieldSelect({ column, type, targets, mapping, onField }: FieldSelectProps) {
  const taken = new Set(Object.entries(mapping).filter(([other]) => other !== column).map(([, field]) => fills(type, field)))
  const groups = [...new Set(targets.map(({ group }) => group))].map((group) => ({
    group, items: targets.filter((target) => target.group === group).map(({ name, label }) => ({ value: name, label, disabled: taken.has(fills(type, name)) })),
  }))
  const hint = targets.find(({ name }) => name === mapping[column])?.hint
  return <Select aria-label={`Field for column ${column}`} size="xs" searchable clearable placeholder="Leave out" value={mapping[column] ?? null} onChange={onField} data={groups} description={hint} inputWrapperOrder={['input', 'description']} />
}
