/** The one table: sticky header, sort, selection, keyboard, row menu, more rows on demand. On a phone each row is a card. */
import { Button, Center, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { DataTableHead } from './DataTableHead.tsx'
import { DataTableRow } from './DataTableRow.tsx'
import { DataTableWaiting } from './DataTableWaiting.tsx'
import { ErrorNote } from './ErrorNote.tsx'
import { type Selection, nothing } from './selection.ts'
import { useIsWiderThanItsPlace } from './use-is-wider.ts'
import { useRowKeys } from './use-row-keys.ts'
import classes from './DataTable.module.css'

export type Column<Row> = {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** The name to sort by at the server, when it can. */
  sort?: string
  align?: 'right'
  /** Longest width, for texts that may be long; the rest is cut with dots. */
  width?: number
}

export type DataTableProps<Row> = {
  /** What the rows are, for screen readers: "Contacts". */
  label: string
  rows: Row[]
  columns: Column<Row>[]
  rowId?: (row: Row) => string
  sort?: string | undefined
  onSort?: ((sort: string) => void) | undefined
  selection?: Selection | undefined
  onSelection?: ((selection: Selection) => void) | undefined
  /** Where a row leads: its first cell becomes the link, Enter opens it. */
  linkTo?: ((row: Row) => string) | undefined
  menu?: ((row: Row) => ReactNode) | undefined
  /** j, k, x and Enter work without focus in the table; for the main table of a page only. */
  keys?: boolean
  loading?: boolean
  stale?: boolean
  error?: unknown
  again?: (() => void) | undefined
  more?: (() => void) | undefined
  loadingMore?: boolean
  total?: number | undefined
  empty?: ReactNode
}

const idOf = (row: unknown) => (row as { id: string }).id

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, rowId = idOf, selection = nothing, onSelection, loading, error, empty } = props
  const ids = rows.map(rowId)
  const active = useRowKeys({ ids, enabled: props.keys ?? false, selection, onSelection, linkTo: (index) => props.linkTo?.(rows[index]!) })
  const [frame, wide] = useIsWiderThanItsPlace()
  if (error && rows.length === 0) return <ErrorNote error={error} again={props.again} />
  if (loading) return <DataTableWaiting columns={columns.length} />
  if (rows.length === 0) return empty
  return (
    <>
      <ErrorNote error={error} again={props.again} />
      {/* What scrolls must be reached by keys, also where no cell has a link. */}
      <div ref={frame} className={classes['frame']} data-stale={props.stale || undefined} data-wide={wide || undefined} {...(wide && { tabIndex: 0, role: 'group', 'aria-label': `${props.label}, scrolls` })}>
        <table className={classes['table']} aria-label={props.label} role="table">
          <DataTableHead {...props} ids={ids} />
          <tbody role="rowgroup">
            {rows.map((row, index) => (
              <DataTableRow key={ids[index]} {...props} row={row} id={ids[index]!} ids={ids} active={index === active} />
            ))}
          </tbody>
        </table>
      </div>
      <More {...props} />
    </>
  )
}

function More<Row>({ rows, more, loadingMore, total }: DataTableProps<Row>) {
  if (!more) return null
  return (
    <Center p="md" data-no-print>
      <Group gap="sm">
        <Button variant="default" onClick={more} loading={loadingMore ?? false}>Show more</Button>
        {total !== undefined && <Text size="sm" c="dimmed" className="numbers">{rows.length.toLocaleString()} of {total.toLocaleString()} shown</Text>}
      </Group>
    </Center>
  )
}
