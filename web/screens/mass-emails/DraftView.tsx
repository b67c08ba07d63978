/** A draft: the form beside the audience it would reach and the pre-flight. Saves by itself. */
import { Group, Stack } from '@mantine/core'
import { IconCalendarCheck, IconUserCheck } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { call, useLook, useRefresh } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SavedMark } from '../../ui/SavedMark.tsx'
import { useAutosave } from '../../ui/use-autosave.ts'
import { ApprovalPanel } from './ApprovalPanel.tsx'
import { AskForApprovalDialog } from './AskForApprovalDialog.tsx'
import { AudiencePanel } from './AudiencePanel.tsx'
import { DraftForm } from './DraftForm.tsx'
import { PreflightPanel } from './PreflightPanel.tsx'
import { useNeedsApproval, useWhyNotSend } from '../../api/session.ts'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { type DraftValues, changedValues, draftValues } from './draft-values.ts'
import classes from './DraftView.module.css'

export function DraftView({ massEmail }: { massEmail: api.MassEmail }) {
  const { id, campaignId, campaignType } = massEmail
  const { value, change, state, flush, error } = useDraft(massEmail)
  const [scheduling, setScheduling] = useState(false)
  const whyNotSend = useWhyNotSend(campaignType)
  const needsApproval = useNeedsApproval()
  const campaign = useLook(api.getCampaign, { params: { id: campaignId } }).data
  const schedule = () => { void flush().then(() => setScheduling(true)) }
  const [icon, words] = needsApproval ? [<IconUserCheck key="icon" size={16} aria-hidden />, 'Ask for approval…'] : [<IconCalendarCheck key="icon" size={16} aria-hidden />, 'Schedule…']
  const Dialog = needsApproval ? AskForApprovalDialog : ScheduleDialog
  return (
    <>
      <Group justify="space-between" mb="md">
        <SavedMark state={state} again={() => { void flush() }} />
        <ReasonButton leftSection={icon} variant={massEmail.approval ? 'default' : 'filled'} reason={whyNotSend ?? (needsApproval && massEmail.approval?.holds ? 'It waits for approval already.' : undefined) ?? (value.emailTemplateId ? undefined : 'Choose a template first.')} onClick={schedule}>{words}</ReasonButton>
      </Group>
      <ErrorNote error={error} />
      {massEmail.approval && <ApprovalPanel massEmail={massEmail} approval={massEmail.approval} />}
      <div className={classes['split']}>
        <DraftForm value={value} onChange={change} informational={campaignType === 'informationalEmail'}
          campaignLists={{ targetListIds: campaign?.targetListIds ?? [], excludingTargetListIds: campaign?.excludingTargetListIds ?? [] }} />
        <Stack gap="md" className={classes['beside']}>
          <AudiencePanel massEmailId={id} />
          <PreflightPanel massEmailId={id} override={value.override} onOverride={(override) => change({ ...value, override })} />
        </Stack>
      </div>
      {scheduling && state.kind === 'saved' && <Dialog massEmail={massEmail} onClose={() => setScheduling(false)} />}
    </>
  )
}

/** Lists change the audience, anything may change the pre-flight: both are asked again after the save. */
function useDraft(massEmail: api.MassEmail) {
  const refresh = useRefresh()
  const [first] = useState(() => draftValues(massEmail))
  const stored = useRef(first)
  const draft = useAutosave<DraftValues>(first, async (next) => {
    const changed = changedValues(stored.current, next)
    if (Object.keys(changed).length > 0) await call(api.changeMassEmail, { params: { id: massEmail.id }, body: changed })
    stored.current = next
    const lists = 'targetListIds' in changed || 'excludingTargetListIds' in changed
    void refresh(api.getMassEmail, api.listMassEmails, api.getPreflight, ...(lists ? [api.getAudience] : []))
  })
  return { ...draft, error: draft.state.kind === 'failed' ? draft.state.error : null }
}
