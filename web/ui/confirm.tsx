/** Asks before what cannot be undone. For everything else do it and offer `undo`. */
import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'

type Question = { title: string; body: ReactNode; confirm: string; danger?: boolean; cancel?: string }

/** Resolves true when the person agreed. */
export function confirm({ title, body, confirm: yes, danger = false, cancel = 'Cancel' }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title,
      children: typeof body === 'string' ? <Text size="sm">{body}</Text> : body,
      labels: { confirm: yes, cancel },
      confirmProps: danger ? { color: 'red' } : {},
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    })
  })
}
