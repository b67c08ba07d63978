/** An empty place that says what to do next, with the button. */
import { Center, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'

type EmptyProps = { icon?: ComponentType<{ size?: number }>; title?: string; children: ReactNode; action?: ReactNode }

export function Empty({ icon: Icon = IconInbox, title, children, action }: EmptyProps) {
  return (
    <Center px="md" py="xl">
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon size={48} radius="xl" variant="light" aria-hidden><Icon size={24} /></ThemeIcon>
        {title && <Text fw={600} ta="center">{title}</Text>}
        <Text size="sm" c="dimmed" ta="center" component="div">{children}</Text>
        {action}
      </Stack>
    </Center>
  )
}
