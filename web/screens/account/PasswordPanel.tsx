/** Your password: changed in a dialog, because it signs you out everywhere. */
import { IconLock } from '@tabler/icons-react'
import * as api from '../../../src/access/contract.ts'
import { useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { changePassword } from './change-password.tsx'

export function PasswordPanel() {
  return <Panel title="Password" about="A new password signs you out everywhere, also here."><ChangeButton /></Panel>
}

function ChangeButton() {
  const { hasPassword } = useRead(api.readSecondFactor)
  const reason = hasPassword ? undefined : 'You sign in without a password of this installation. An administrator can give you one.'
  return <ReasonButton reason={reason} variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={changePassword}>Change password…</ReasonButton>
}
