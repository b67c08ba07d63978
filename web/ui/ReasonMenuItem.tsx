/** A line of a menu that, while it cannot be used, says why below its name. */
import { Menu, Text } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'

type ReasonMenuItemProps = { reason?: string | undefined; icon?: ComponentType<{ size?: number }>; danger?: boolean; onClick: () => void; children: ReactNode }

export function ReasonMenuItem({ reason, icon: Icon, danger = false, onClick, children }: ReasonMenuItemProps) {
  const look = { ...(Icon && { leftSection: <Icon size={16} /> }), ...(danger && !reason && { color: 'red' }) }
  if (!reason) return <Menu.Item {...look} onClick={onClick}>{children}</Menu.Item>
  return (
    <Menu.Item {...look} aria-disabled closeMenuOnClick={false} style={{ cursor: 'not-allowed' }}>
      <Text span size="sm" c="dimmed">{children}</Text>
      <Text span size="xs" c="dimmed" display="block" maw={230} style={{ whiteSpace: 'normal' }}>{reason}</Text>
    </Menu.Item>
  )
}
