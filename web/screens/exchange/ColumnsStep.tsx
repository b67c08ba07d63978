/** Step two: which field each column is, with values of the file beside it. */
import { Select, Text } from '@mantine/core'
import type { Preview } from '../../../src/exchange/contract.ts'
import type { Field } from '../../api/entity-types.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { ImportDraft } from './import-draft.ts'

type PreviewColumn = Preview['columns'][number]
type ColumnsStepProps = { draft: ImportDraft; fields: Field[]; onMapping: (mapping: Record<string, string>) => void }

export function ColumnsStep({ draft: { preview, mapping }, fields, onMapping }: ColumnsStepProps) {
  const put = (column: string, field: string | null) => {
    const { [column]: _before, ...others } = mapping
    onMapping(field ? { ...others, [column]: field } : others)
  }
  const columns: Column<PreviewColumn>[] = [
    { key: 'column', title: 'Column', cell: ({ name }) => <b>{name}</b>, width: 220 },
    { key: 'samples', title: 'Values', cell: ({ samples }) => <Text size="sm" c="dimmed" truncate>{samples.join(' · ') || 'empty'}</Text>, width: 280 },
    { key: 'field', title: 'Becomes', cell: ({ name }) => <FieldSelect column={name} fields={fields} mapping={mapping} onField={(field) => put(name, field)} /> },
  ]
  return <DataTable label="Columns of the file" rows={preview!.columns} rowId={({ name }) => name} columns={columns} />
}

type FieldSelectProps = { column: string; fields: Field[]; mapping: Record<string, string>; onField: (field: string | null) => void }

function FieldSelect({ column, fields, mapping, onField }: FieldSelectProps) {
  const taken = new Set(Object.entries(mapping).filter(([other]) => other !== column).map(([, field]) => field))
  return (
    <Select aria-label={`Field for column ${column}`} size="xs" searchable clearable placeholder="Leave out" value={mapping[column] ?? null} onChange={onField}
      data={fields.map(({ name, label }) => ({ value: name, label, disabled: taken.has(name) }))} />
  )
}
