/** Send Test from a template: as part of the newest draft that uses it, so that sender, links and opt-out are the real ones. */
import { IconSend } from '@tabler/icons-react'
import { listMassEmails } from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { openSendTest } from '../mass-emails/SendTestDialog.tsx'

/** `save` is waited for: the test shows what stands in the editor. */
export function SendTestButton({ templateId, save }: { templateId: string; save: () => Promise<void> }) {
  const filter = { and: [{ field: 'emailTemplateId', op: 'in', value: [templateId] }, { field: 'status', op: 'equals', value: 'draft' }] }
  const drafts = useLook(listMassEmails, { query: { filter, sort: '-createdAt', limit: 1, fields: 'name' } }).data
  const draft = drafts?.items[0]
  const reason = !drafts ? 'One moment.' : draft ? undefined : 'Make a mass email with this template first: a test needs its sender and its links.'
  const open = () => { void save().then(() => openSendTest({ id: draft!.id!, name: draft!.name! })) }
  return <ReasonButton variant="default" leftSection={<IconSend size={16} aria-hidden />} reason={reason} onClick={open}>Send Test</ReasonButton>
}
