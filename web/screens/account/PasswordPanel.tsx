/** Your password: changed in a dialog, because it signs you out everywhere. */
import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Panel } from '../../ui/Panel.tsx'
import { changePassword } from './change-password.tsx'

export function PasswordPanel() {
  return (
    <Panel title="Password" about="A new password signs you out everywhere, also here.">
      <Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={changePassword}>Change password…</Button>
    </Panel>
  )
}
