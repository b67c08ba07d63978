/** Sticks to the bottom of a form with changes: says that they are unsaved, saves or discards them. */
import { Button, Group, Paper, Text } from '@mantine/core'
import classes from './SaveBar.module.css'

type SaveBarProps = { dirty: boolean; saving: boolean; onDiscard: () => void }

export function SaveBar({ dirty, saving, onDiscard }: SaveBarProps) {
  if (!dirty) return null
  return (
    <Paper className={classes['bar']} shadow="md" role="region" aria-label="Unsaved changes">
      <Text size="sm" fw={600}>Unsaved changes</Text>
      <Group gap="xs">
        <Button variant="default" onClick={onDiscard} disabled={saving}>Discard</Button>
        <Button type="submit" loading={saving}>Save</Button>
      </Group>
    </Paper>
  )
}
