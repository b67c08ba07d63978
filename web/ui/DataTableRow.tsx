/** One row: its checkbox, its cells (the first is the link), its menu. */
import { ActionIcon, Anchor, Checkbox, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { DataTableProps } from './DataTable.tsx'
import { isChosen, nothing, toggled } from './selection.ts'
import classes from './DataTable.module.css'

type RowProps<Row> = DataTableProps<Row> & { row: Row; id: string; ids: string[]; active: boolean }

export function DataTableRow<Row>(props: RowProps<Row>) {
  const { row, id, ids, active, columns, linkTo, menu, selection = nothing, onSelection } = props
  const element = useRef<HTMLTableRowElement>(null)
  useEffect(() => { if (active) element.current?.scrollIntoView({ block: 'nearest' }) }, [active])
  const chosen = isChosen(selection, id)
  return (
    <tr role="row" ref={element} data-active={active || undefined} data-chosen={chosen || undefined} aria-selected={onSelection ? chosen : undefined}>
      {onSelection && (
        <td role="cell" className={classes['choose']}>
          <Checkbox size="sm" aria-label="Select row" checked={chosen} onChange={() => onSelection(toggled(selection, id, ids))} />
        </td>
      )}
      {columns.map((column, index) => (
        <td key={column.key} role="cell" className={index === 0 ? classes['first'] : column.align} data-label={column.title} style={column.width ? { maxWidth: column.width } : undefined}>
          {index === 0 && linkTo ? <Anchor component={Link} to={linkTo(row)} fw={600} inherit data-name>{column.cell(row)}</Anchor> : column.cell(row)}
        </td>
      ))}
      {menu && <td role="cell" className={classes['menu']}><RowMenu>{menu(row)}</RowMenu></td>}
    </tr>
  )
}

function RowMenu({ children }: { children: React.ReactNode }) {
  if (!children) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon aria-label="Actions for this row"><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
