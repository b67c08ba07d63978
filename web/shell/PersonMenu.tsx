/** The person at the top right: who is signed in, light or dark, sign out. */
import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconId, IconLogout, IconTrash, IconUser } from '@tabler/icons-react'
import { Link } from 'react-router'
import { leave, useMe } from '../api/session.ts'
import { paths } from '../paths.ts'
import { failed } from '../ui/notice.tsx'

export function PersonMenu() {
  const me = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick>
      <Menu.Target>
        <UnstyledButton aria-label={`${me.name}: account menu`} style={{ borderRadius: 99 }}>
          <Avatar name={me.name} color="tide" radius="xl" size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={6} role="none">{me.name}</Text>
        <Menu.Item component={Link} to={paths.account()} leftSection={<IconUser size={16} aria-hidden />}>My account</Menu.Item>
        <Menu.Item component={Link} to={paths.record('users', me.id)} leftSection={<IconId size={16} aria-hidden />}>My record</Menu.Item>
        <Menu.Item component={Link} to={paths.bin()} leftSection={<IconTrash size={16} aria-hidden />}>Bin</Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as 'auto' | 'light' | 'dark')}>
          <Menu.RadioItem value="auto">As the system</Menu.RadioItem>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => { leave().catch(failed) }}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
