/** Step two: which field each column is, with values of the file beside it. */
import { Select, Text } from '@mantine/core'
import type { Field } from '../../api/entity-types.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import type { ImportDraft } from './import-draft.ts'

type ColumnsStepProps = { draft: ImportDraft; fields: Field[]; onMapping: (mapping: Record<string, string>) => void }

const samplesShown = 3

export function ColumnsStep({ draft: { preview, mapping }, fields, onMapping }: ColumnsStepProps) {
  const { header, rows } = preview!
  const put = (column: string, field: string | null) => {
    const { [column]: _before, ...others } = mapping
    onMapping(field ? { ...others, [column]: field } : others)
  }
  const columns: Column<string>[] = [
    { key: 'column', title: 'Column', cell: (column) => <b>{column}</b>, width: 220 },
    { key: 'samples', title: 'Values', cell: (column) => <Samples values={rows.map((row) => row[header.indexOf(column)] ?? '')} />, width: 280 },
    { key: 'field', title: 'Becomes', cell: (column) => <FieldSelect column={column} fields={fields} mapping={mapping} onField={(field) => put(column, field)} /> },
  ]
  return <DataTable label="Columns of the file" rows={header} rowId={(column) => column} columns={columns} />
}

function Samples({ values }: { values: string[] }) {
  const shown = values.filter(Boolean).slice(0, samplesShown)
  return <Text size="sm" c="dimmed" lineClamp={2}>{shown.length > 0 ? shown.join(' · ') : 'empty'}</Text>
}

type FieldSelectProps = { column: string; fields: Field[]; mapping: Record<string, string>; onField: (field: string | null) => void }

function FieldSelect({ column, fields, mapping, onField }: FieldSelectProps) {
  const taken = new Set(Object.entries(mapping).filter(([other]) => other !== column).map(([, field]) => field))
  return (
    <Select aria-label={`Field for column ${column}`} size="xs" searchable clearable placeholder="Leave out" value={mapping[column] ?? null} onChange={onField}
      data={fields.map(({ name, label }) => ({ value: name, label, disabled: taken.has(name) }))} />
  )
}
