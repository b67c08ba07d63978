/** For whoever may not schedule it himself: what somebody else is asked to approve, in words. */
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useWhyNotSend } from '../../api/session.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { PreflightList } from './PreflightList.tsx'
import { askedForApproval, isReady } from './preflight-checks.ts'
import { Sentence } from './ScheduleDialog.tsx'
import { massEmailReads } from './use-steps.tsx'

type AskForApprovalProps = { massEmail: api.MassEmail; onClose: () => void }

export function AskForApprovalDialog(props: AskForApprovalProps) {
  return <Modal opened onClose={props.onClose} title="Ask for approval" size="lg"><Boundary><Question {...props} /></Boundary></Modal>
}

function Question({ massEmail: { id }, onClose }: AskForApprovalProps) {
  const params = { id }
  const [note, setNote] = useState('')
  const massEmail = useRead(api.getMassEmail, { params })
  const { included } = useRead(api.getAudience, { params })
  const checks = askedForApproval(useRead(api.getPreflight, { params }).checks)
  const faults = checks.filter(({ level }) => level === 'error' || level === 'warning')
  const ask = useAction(api.askForApproval, {
    refreshes: massEmailReads,
    done: () => { onClose(); succeeded('Asked. Whoever may approve it gets a notice, and you get one with the answer.') },
  })
  const start = useAction(api.changeMassEmail)
  const submit = () => {
    const asking = () => ask.mutate({ params, body: { note } })
    // Without a Date Start it starts as soon as it is approved.
    if (massEmail.dateStart === null) start.mutate({ params, body: { dateStart: new Date().toISOString() } }, { onSuccess: asking })
    else asking()
  }
  const reason = useWhyNotSend(massEmail.campaignType) ?? (included === 0 ? 'Nobody would get it.' : isReady(checks) ? undefined : 'The pre-flight found something to mend first.')
  return (
    <Stack>
      <Sentence massEmail={massEmail} included={included} />
      <Textarea label="Note" description="For whoever approves it, if you like." autosize minRows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {faults.length > 0 && <PreflightList checks={faults} />}
      <ErrorNote error={ask.error ?? start.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>Not yet</Button>
        <ReasonButton reason={reason} loading={ask.isPending || start.isPending} onClick={submit}>Ask for approval</ReasonButton>
      </Group>
    </Stack>
  )
}
