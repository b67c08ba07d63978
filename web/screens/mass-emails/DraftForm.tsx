/** The form of a draft in three blocks: what is sent, when, from whom. */
import { Anchor, Checkbox, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { Link } from 'react-router'
import { getEmailTemplate } from '../../../src/content/contract.ts'
import { useLook } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { paths } from '../../paths.ts'
import { instantOf, wallClock } from '../../ui/local-time.ts'
import { Panel } from '../../ui/Panel.tsx'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { TargetListsInput } from '../target-lists/TargetListsInput.tsx'
import { SenderAccount } from './SenderAccount.tsx'
import { SharedAccounts } from './SharedAccounts.tsx'
import { SenderAddress } from './SenderAddress.tsx'
import type { DraftValues } from './draft-values.ts'

type DraftFormProps = { value: DraftValues; onChange: (value: DraftValues) => void; campaignLists: { targetListIds: string[]; excludingTargetListIds: string[] }; informational: boolean }
type BlockProps = { value: DraftValues; change: (part: Partial<DraftValues>) => void }

export function DraftForm({ value, onChange, campaignLists, informational }: DraftFormProps) {
  const change = (part: Partial<DraftValues>) => onChange({ ...value, ...part })
  return (
    <Stack gap="md">
      <Panel title="What"><What value={value} change={change} campaignLists={campaignLists} /></Panel>
      <Panel title="When"><When value={value} change={change} /></Panel>
      <Panel title="From"><From value={value} change={change} informational={informational} /></Panel>
    </Stack>
  )
}

function What({ value, change, campaignLists }: BlockProps & { campaignLists: DraftFormProps['campaignLists'] }) {
  const { emailTemplateId, targetListIds, excludingTargetListIds } = value
  const template = useLook(getEmailTemplate, { params: { id: emailTemplateId ?? '' } }, { enabled: emailTemplateId !== null }).data
  const own = targetListIds !== null
  return (
    <Stack>
      <TextInput label="Name" description="Only you and your colleagues see it." value={value.name} onChange={(event) => change({ name: event.currentTarget.value })} />
      <div>
        <RecordPicker label="Template" required kind="email-templates" find={finder('email-templates')} onPick={(pick) => change({ emailTemplateId: pick?.id ?? null })}
          value={emailTemplateId ? { id: emailTemplateId, name: template?.name ?? '…' } : null} />
        {emailTemplateId && template && (
          <Group justify="space-between" mt={6} gap="xs">
            <Text size="sm" c="dimmed">Subject: <Text span inherit c="var(--mantine-color-text)">{template.subject || 'none yet'}</Text></Text>
            <Anchor component={Link} to={paths.template(emailTemplateId)} size="sm">Edit the template</Anchor>
          </Group>
        )}
      </div>
      <Radio.Group label="Who gets it" value={own ? 'own' : 'campaign'} onChange={(choice) => change(choice === 'own' ? { ...campaignLists } : { targetListIds: null, excludingTargetListIds: null })}>
        <Group mt={6}><Radio value="campaign" label="The target lists of the campaign" /><Radio value="own" label="Other lists" /></Group>
      </Radio.Group>
      {own && (
        <>
          <TargetListsInput label="Target lists" required value={targetListIds} onChange={(ids) => change({ targetListIds: ids })} />
          <TargetListsInput label="Excluding target lists" placeholder="None" value={excludingTargetListIds ?? []} onChange={(ids) => change({ excludingTargetListIds: ids })} />
        </>
      )}
    </Stack>
  )
}

function When({ value, change }: BlockProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <DateTimePicker label="Date Start" description="Empty: as soon as it is scheduled." clearable clearButtonProps={{ 'aria-label': 'Empty Date Start' }} value={wallClock(value.dateStart)} onChange={(at) => change({ dateStart: instantOf(at) })} />
      <DateTimePicker label="Start by" description="Not started by then, it goes back to draft." clearable clearButtonProps={{ 'aria-label': 'Empty Start by' }} value={wallClock(value.startBy)} onChange={(at) => change({ startBy: instantOf(at) })} />
    </SimpleGrid>
  )
}

function From({ value, change, informational }: BlockProps & { informational: boolean }) {
  return (
    <Stack>
      <SenderAccount value={value.accountId} onChange={(accountId) => change({ accountId, sharedAccountIds: value.sharedAccountIds.filter((id) => id !== accountId) })} />
      <SharedAccounts accountId={value.accountId} value={value.sharedAccountIds} onChange={(sharedAccountIds) => change({ sharedAccountIds })} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <TextInput label="From name" placeholder="As the account says" value={value.fromName} onChange={(event) => change({ fromName: event.currentTarget.value })} />
        <SenderAddress accountId={value.accountId} value={value.fromAddress} onChange={(fromAddress) => change({ fromAddress })} />
        <TextInput label="Reply-To name" value={value.replyToName} onChange={(event) => change({ replyToName: event.currentTarget.value })} />
        <TextInput label="Reply-To address" type="email" value={value.replyToAddress} onChange={(event) => change({ replyToAddress: event.currentTarget.value })} />
      </SimpleGrid>
      <Checkbox label="Opt out entirely" description="Whoever unsubscribes from it leaves every list, not only the lists of this mass email." checked={value.optOutEntirely} disabled={informational}
        onChange={(event) => change({ optOutEntirely: event.currentTarget.checked })} />
      <Checkbox label="Store sent emails" description="Keeps each mail as it was sent with its record." checked={value.storeSentEmails} onChange={(event) => change({ storeSentEmails: event.currentTarget.checked })} />
    </Stack>
  )
}
