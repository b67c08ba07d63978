/** The table's shape while its rows load, so that nothing jumps. */
import { Skeleton } from '@mantine/core'
import classes from './DataTable.module.css'

export function DataTableWaiting({ columns }: { columns: number }) {
  return (
    <div role="status" aria-label="Loading" className={classes['frame']}>
      <div aria-hidden>
        {Array.from({ length: 8 }, (_, row) => (
          <div key={row} className={classes['waiting']}>
            {Array.from({ length: Math.min(columns, 5) }, (_, cell) => <Skeleton key={cell} height={14} width={`${85 - ((row * 13 + cell * 29) % 45)}%`} />)}
          </div>
        ))}
      </div>
    </div>
  )
}
