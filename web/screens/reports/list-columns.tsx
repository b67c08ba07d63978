/** The columns of a list report, as its run names them: the same cells as in lists of records. */
import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import { isNumber } from '../../../src/listing/field-kinds.ts'
import type { ListRun, ReportSource } from '../../../src/reports/contract.ts'
import type { Field } from '../../api/entity-types.ts'
import { displayAddress } from '../../ui/address.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { inWords } from '../../ui/words.ts'
import { FieldValue } from '../records/FieldValue.tsx'
import { fieldOf } from './draft.ts'

export type Row = ListRun['items'][number]

export function listColumns(run: Pick<ListRun, 'columns'>, source: ReportSource, addressOf: (row: Row) => string | undefined): Column<Row>[] {
  return run.columns.map(({ key, label, type }) => {
    const known = fieldOf(source, key)
    const field = { name: key, label, type, entityType: known?.linksTo ?? null } as Field
    return {
      key, title: label, width: 280,
      cell: (row) => {
        if (source.slug && key === 'name') return nameOf(row)
        if (key === 'recordName') return <Recipient name={row[key]} to={addressOf(row)} />
        return source.slug === null && type === 'enum' ? codeOf(row[key]) : <FieldValue field={field} record={row} />
      },
      ...(known?.sortable && { sort: key }), ...(isNumber(type) && { align: 'right' as const }),
    }
  })
}

const Recipient = ({ name, to }: { name: unknown; to: string | undefined }) => (to && name ? <Anchor component={Link} to={to} inherit>{String(name)}</Anchor> : String(name || '–'))
const nameOf = (row: Row) => String(row['name'] || displayAddress(String(row['emailAddress'] ?? '')) || 'No name')
const codeOf = (value: unknown) => (value ? inWords(String(value)) : '–')
