/** The row above a list: search and filters at the left, whatever else at the right. */
import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './FilterRow.module.css'

export const FilterRow = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className={classes['row']}>{children}{action && <Group gap="xs" visibleFrom="sm">{action}</Group>}</div>
)
