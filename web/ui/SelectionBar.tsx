/** Appears when rows are chosen: how many, the way to all results, and what can be done with them. */
import { Button, CloseButton, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Selection, chosenCount, nothing } from './selection.ts'
import classes from './SelectionBar.module.css'

type SelectionBarProps = {
  selection: Selection
  onSelection: (selection: Selection) => void
  total: number
  totalIsEstimate?: boolean
  children: ReactNode
}

export function SelectionBar({ selection, onSelection, total, totalIsEstimate = false, children }: SelectionBarProps) {
  const count = chosenCount(selection, total)
  if (count === 0) return null
  const about = totalIsEstimate ? 'about ' : ''
  return (
    <Paper className={classes['bar']} role="region" aria-label="Selection" shadow="md">
      <Group gap="xs">
        <CloseButton aria-label="Clear selection" onClick={() => onSelection(nothing)} />
        <Text size="sm" fw={600} className="numbers" aria-live="polite">{selection.all ? `All ${about}${count.toLocaleString()} selected` : `${count.toLocaleString()} selected`}</Text>
        {!selection.all && total > count && (
          <Button size="compact-sm" variant="subtle" onClick={() => onSelection({ all: true, ids: new Set() })}>Select all {about}{total.toLocaleString()} results</Button>
        )}
      </Group>
      <Group gap="xs">{children}</Group>
    </Paper>
  )
}
