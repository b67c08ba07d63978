/** Short notices: it worked, it did not, it can be undone. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'

export const succeeded = (message: string) => notifications.show({ message, color: 'green' })

export const failed = (error: unknown) =>
  notifications.show({ title: 'That did not work', message: error instanceof Error ? error.message : String(error), color: 'red', autoClose: 10_000 })

/** Says what was done and takes it back when asked within ten seconds. */
export function undo(message: string, takeBack: () => void) {
  const id = notifications.show({
    autoClose: 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="subtle" onClick={() => { notifications.hide(id); takeBack() }}>Undo</Button>
      </Group>
    ),
  })
}
