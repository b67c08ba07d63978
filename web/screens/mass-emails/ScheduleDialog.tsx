/** The last question before a mass email may start: in words, who gets what from whom, when, and until when. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import * as api from '../../../src/campaign/contract.ts'
import { getForecast } from '../../../src/health/contract.ts'
import { getOutboundEmails } from '../../../src/settings/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { useIsAdministrator, useWhyNotSend } from '../../api/session.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { PreflightList } from './PreflightList.tsx'
import { scheduleSentence } from './forecast.ts'
import { type Check, askedHere, isReady } from './preflight-checks.ts'
import { massEmailReads } from './use-steps.tsx'

type ScheduleDialogProps = { massEmail: api.MassEmail; onClose: () => void }

export function ScheduleDialog(props: ScheduleDialogProps) {
  return <Modal opened onClose={props.onClose} title="Schedule" size="lg"><Boundary><Question {...props} /></Boundary></Modal>
}

function Question({ massEmail: { id }, onClose }: ScheduleDialogProps) {
  const params = { id }
  // What is agreed to is what the server holds now, not what this page showed when it was opened.
  const massEmail = useRead(api.getMassEmail, { params })
  const { included } = useRead(api.getAudience, { params })
  const checks = askedHere(useRead(api.getPreflight, { params }).checks)
  const schedule = useAction(api.changeMassEmail, {
    refreshes: massEmailReads,
    done: () => { onClose(); succeeded(`“${massEmail.name}” is scheduled.`) },
  })
  const refused = schedule.error?.code === 'preflightFailed' ? schedule.error.more['checks'] as Check[] | undefined : undefined
  const faults = (refused ?? checks).filter(({ level }) => level === 'error' || level === 'warning')
  const reason = useWhyNotSend(massEmail.campaignType) ?? (included === 0 ? 'Nobody would get it.' : isReady(checks) ? undefined : 'The pre-flight found something to mend first.')
  return (
    <Stack>
      <Sentence massEmail={massEmail} included={included} />
      {massEmail.campaignType === 'informationalEmail' && (
        <Alert color="lamp" variant="light">An Informational Email also goes to people who opted out, and carries no way to opt out. Send only what they must know.</Alert>
      )}
      {faults.length > 0 && <PreflightList checks={faults} />}
      {schedule.error && !refused && <ErrorNote error={schedule.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>Not yet</Button>
        <ReasonButton reason={reason} loading={schedule.isPending}
          onClick={() => schedule.mutate({ params, body: { status: 'pending', ...(massEmail.dateStart === null && { dateStart: new Date().toISOString() }) } })}>Schedule</ReasonButton>
      </Group>
    </Stack>
  )
}

export function Sentence({ massEmail, included }: { massEmail: api.MassEmail; included: number }) {
  const now = useNow(30_000)
  const sender = useSender()
  const pace = useLook(getForecast, { params: { id: massEmail.id }, query: { people: included } }).data
  const start = massEmail.dateStart ? new Date(massEmail.dateStart) : now
  const sentence = scheduleSentence({ included, templateName: massEmail.emailTemplateName ?? '', fromAddress: massEmail.fromAddress || sender, start, now, pace })
  return <Text><b>{sentence.who}</b> will get <i>{sentence.what}</i> {sentence.rest}</Text>
}

/** Only administrators may read the usual sender; others hear of it in the pre-flight. */
function useSender(): string {
  const administrator = useIsAdministrator()
  return useLook(getOutboundEmails, {}, { enabled: administrator }).data?.fromAddress ?? ''
}
