/** The row menu of a mass email. What is not possible now says why. */
import { Menu } from '@mantine/core'
import { IconCopy, IconEye, IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconSend, IconTrash, IconUserPlus, IconX } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { useNeedsApproval } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { openSendTest } from './SendTestDialog.tsx'
import { reasonAgainst, reasonAgainstEditing } from './steps.ts'
import { useSteps } from './use-steps.tsx'

export function MassEmailMenu({ massEmail, here = false }: { massEmail: MassEmail; here?: boolean }) {
  const steps = useSteps(massEmail)
  const { id, status, emailTemplateId } = massEmail
  const paused = status === 'paused'
  const moreNeedsApproval = useNeedsApproval() ? 'Somebody who needs no approval has to send it to more people.' : undefined
  const against = (step: Parameters<typeof reasonAgainst>[0]) => reasonAgainst(step, massEmail)
  return (
    <>
      {!here && <Menu.Item leftSection={<IconEye size={16} aria-hidden />} component={Link} to={paths.massEmail(id)}>View</Menu.Item>}
      {!here && <EditItem id={id} reason={reasonAgainstEditing(status)} />}
      <ReasonMenuItem icon={IconSend} reason={emailTemplateId ? undefined : 'It has no template yet.'} onClick={() => openSendTest(massEmail)}>Send Test</ReasonMenuItem>
      {paused
        ? <ReasonMenuItem icon={IconPlayerPlay} reason={against('resume')} onClick={steps.resume}>Resume</ReasonMenuItem>
        : <ReasonMenuItem icon={IconPlayerPause} reason={against('pause')} onClick={steps.pause}>Pause</ReasonMenuItem>}
      <ReasonMenuItem icon={IconRefresh} reason={against('retryFailed') ?? noneFailed(massEmail)} onClick={steps.retryFailed}>Retry failed</ReasonMenuItem>
      <ReasonMenuItem icon={IconUserPlus} reason={against('sendToNew') ?? moreNeedsApproval} onClick={steps.sendToNew}>Send to new members</ReasonMenuItem>
      <ReasonMenuItem icon={IconCopy} onClick={steps.duplicate}>Duplicate</ReasonMenuItem>
      <Menu.Divider />
      <ReasonMenuItem icon={IconX} danger reason={against('cancel')} onClick={steps.cancel}>Cancel</ReasonMenuItem>
      <ReasonMenuItem icon={IconTrash} danger onClick={steps.remove}>Remove</ReasonMenuItem>
    </>
  )
}

const EditItem = ({ id, reason }: { id: string; reason: string | undefined }) => (reason
  ? <ReasonMenuItem icon={IconPencil} reason={reason} onClick={() => {}}>Edit</ReasonMenuItem>
  : <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} component={Link} to={paths.massEmail(id)}>Edit</Menu.Item>)

const noneFailed = ({ figures }: MassEmail) => (figures.failed === 0 ? 'Nothing failed.' : undefined)
