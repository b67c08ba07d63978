/** The header row: choose all that is shown, sort by a column. */
import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { Column, DataTableProps } from './DataTable.tsx'
import { isChosen, nothing } from './selection.ts'
import classes from './DataTable.module.css'

export function DataTableHead<Row>({ columns, ids, menu, sort, onSort, selection = nothing, onSelection }: DataTableProps<Row> & { ids: string[] }) {
  const all = ids.every((id) => isChosen(selection, id))
  const some = !all && ids.some((id) => isChosen(selection, id))
  return (
    <thead role="rowgroup">
      <tr role="row">
        {onSelection && (
          <th role="columnheader" scope="col" className={classes['choose']}>
            <Checkbox size="sm" aria-label="Select all shown" checked={all} indeterminate={some}
              onChange={() => onSelection({ all: false, ids: new Set(all ? [] : ids) })} />
          </th>
        )}
        {columns.map((column) => <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />)}
        {menu && <th role="columnheader" scope="col" className={classes['menu']}><VisuallyHidden>Actions</VisuallyHidden></th>}
      </tr>
    </thead>
  )
}

type HeadCellProps<Row> = { column: Column<Row>; sort?: string | undefined; onSort?: ((sort: string) => void) | undefined }

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const direction = !column.sort ? undefined : sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  const content = <>{column.title}{direction && <Arrow size={14} aria-hidden />}</>
  return (
    <th role="columnheader" scope="col" className={column.align} aria-sort={direction}>
      {column.sort && onSort
        ? <UnstyledButton className={classes['sort']} onClick={() => onSort(direction === 'ascending' ? `-${column.sort}` : column.sort!)}>{content}</UnstyledButton>
        : content}
    </th>
  )
}
