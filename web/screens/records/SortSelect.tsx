/** Chooses the sort where there are no column heads to press: on a phone. */
import { Select } from '@mantine/core'
import type { Column } from '../../ui/DataTable.tsx'

type SortSelectProps<Row> = { columns: Column<Row>[]; sort: string; onSort: (sort: string) => void }

export function SortSelect<Row>({ columns, sort, onSort }: SortSelectProps<Row>) {
  const choices = columns.flatMap(({ title, sort: name }) => (name ? [{ value: name, label: `${title}, upwards` }, { value: `-${name}`, label: `${title}, downwards` }] : []))
  return <Select hiddenFrom="sm" w="100%" aria-label="Sort by" data={choices} value={sort} onChange={(value) => value && onSort(value)} />
}
