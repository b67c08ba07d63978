/** The columns of a list of records, from the definition: what a value of each field type looks like in a cell. */
import { isNumber } from '../../../src/listing/field-kinds.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { FieldValue } from './FieldValue.tsx'

const unsortable = new Set(['longText', 'multiEnum', 'linkMultiple'])

export function recordColumns(type: EntityType, names: string[]): Column<RecordRow>[] {
  const fields = names.map((name) => type.fields.find((field) => field.name === name)).filter((field) => field !== undefined)
  return fields.map((field) => ({
    key: field.name,
    title: field.label,
    cell: (record) => (field.name === 'name' ? nameOf(record) : <FieldValue field={field} record={record} />),
    width: 280,
    ...(!unsortable.has(field.type) && { sort: field.name }),
    ...(isNumber(field.type) && { align: 'right' as const }),
  }))
}
