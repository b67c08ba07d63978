/** A summary as a table: sub-totals of each first group, a total below, and every number opens the rows that it counts. */
import { Alert, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { GridRun } from '../../../src/reports/contract.ts'
import { useIsWiderThanItsPlace } from '../../ui/use-is-wider.ts'
import { cellText } from './cell-text.ts'
import { type GroupValue, groupLabel } from './groups.ts'
import { type Block, blocksOf } from './sub-totals.ts'
import classes from './GridTable.module.css'

type GridTableProps = {
  label: string
  run: GridRun
  sort?: string | undefined
  onSort?: ((sort: string) => void) | undefined
  /** Opens the rows of a cell: of a group, of a first group, or (for none) all. Without it numbers are only read. */
  onGroup?: ((group: GroupValue[]) => void) | undefined
  /** No more rows than these; what is left is said. */
  most?: number
}

export function GridTable({ label, run, sort, onSort, onGroup, most = Infinity }: GridTableProps) {
  const [frame, wide] = useIsWiderThanItsPlace()
  const two = run.groups.length > 1
  const head = [...(run.groups.length > 0 ? run.groups.slice(0, two ? 1 : undefined) : [{ key: '', label: '' }]), ...run.aggregates]
  return (
    <>
      {run.truncated && <Alert color="lamp" variant="light" mx={18} mb="sm">There are more groups than fit on a page. The first {run.rows.length.toLocaleString()} are shown; the total counts all. Narrow the filter, or group by something coarser.</Alert>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <div className={classes['frame']} ref={frame} {...(wide && { tabIndex: 0, role: 'group', 'aria-label': label })}>
        <table className={classes['table']} aria-label={label}>
          <thead>
            <tr>{head.map((column, index) => (
              <Head key={column.key} title={index === 0 && two ? `${column.label} / ${run.groups[1]!.label}` : column.label} sortKey={column.key} number={index > 0} sort={sort} onSort={onSort} />
            ))}</tr>
          </thead>
          <tbody>
            {two ? blocksOf(run).slice(0, most).map((block) => <BlockRows key={String(block.value)} block={block} run={run} onGroup={onGroup} />)
              : run.rows.slice(0, most).map((row) => <OneRow key={JSON.stringify(row.group)} title={titleOf(run, 0, row)} values={row.values} run={run} onOpen={onGroup && (() => onGroup(row.group))} />)}
          </tbody>
          {run.rows.length <= most && <tfoot><OneRow title="Total" values={run.totals} run={run} onOpen={onGroup && (() => onGroup([]))} /></tfoot>}
        </table>
      </div>
    </>
  )
}

const titleOf = (run: GridRun, at: 0 | 1, { group, labels }: GridRun['rows'][number]) => (run.groups.length === 0 ? 'All' : groupLabel(group[at] ?? null, run.groups[at]?.unit ?? null, labels[at]))

function BlockRows({ block, run, onGroup }: { block: Block; run: GridRun; onGroup: GridTableProps['onGroup'] }) {
  return (
    <>
      <OneRow className={classes['block']} title={titleOf(run, 0, block.rows[0]!)} values={block.totals} run={run} onOpen={onGroup && (() => onGroup([block.value]))} />
      {block.rows.map((row) => <OneRow key={JSON.stringify(row.group)} inner title={titleOf(run, 1, row)} values={row.values} run={run} onOpen={onGroup && (() => onGroup(row.group))} />)}
    </>
  )
}

type OneRowProps = { title: string; values: Record<string, number | string | null>; run: GridRun; onOpen: (() => void) | undefined; className?: string | undefined; inner?: boolean }

function OneRow({ title, values, run, onOpen, className, inner = false }: OneRowProps) {
  return (
    <tr className={className}>
      <th scope="row" className={inner ? classes['inner'] : undefined}>{title}</th>
      {run.aggregates.map((column) => {
        const text = cellText(values[column.key], column)
        return (
          <td key={column.key} className={classes['number']}>
            {onOpen && text !== '–' ? <button type="button" className={classes['cell']} aria-label={`${column.label}, ${title}: ${text}. Show the rows`} onClick={onOpen}>{text}</button> : text}
          </td>
        )
      })}
    </tr>
  )
}

type HeadProps = { title: ReactNode; sortKey: string; number: boolean; sort: string | undefined; onSort: GridTableProps['onSort'] }

function Head({ title, sortKey, number, sort, onSort }: HeadProps) {
  const direction = sort === sortKey ? 'ascending' : sort === `-${sortKey}` ? 'descending' : undefined
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" className={number ? classes['number'] : undefined} aria-sort={direction}>
      {onSort
        // The largest first is what people want of numbers.
        ? <UnstyledButton className={classes['sort']} onClick={() => onSort(direction === (number ? 'descending' : 'ascending') ? (number ? sortKey : `-${sortKey}`) : (number ? `-${sortKey}` : sortKey))}>{title}{direction && <Arrow size={14} aria-hidden />}</UnstyledButton>
        : title}
    </th>
  )
}
