/** A draft that somebody asked approval for: whoever may answer sees what it is and answers; whoever asked sees that it waits. */
import { Alert, Blockquote, Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconArrowBackUp, IconCheck, IconEye, IconSend } from '@tabler/icons-react'
import * as api from '../../../src/campaign/contract.ts'
import { call, useAction, useRead, useRefresh } from '../../api/client.ts'
import { useMe, useNeedsApproval, useWhyNotSend } from '../../api/session.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { PreviewOfTemplate } from '../templates/PreviewOfTemplate.tsx'
import { Sentence } from './ScheduleDialog.tsx'
import { SendBackForm } from './SendBackForm.tsx'
import { openSendTest } from './SendTestDialog.tsx'
import { massEmailReads } from './use-steps.tsx'

type Approval = NonNullable<api.MassEmail['approval']>
type ApprovalProps = { massEmail: api.MassEmail; approval: Approval }

export function ApprovalPanel({ massEmail, approval }: ApprovalProps) {
  const me = useMe()
  const mayAnswer = !useNeedsApproval() && useWhyNotSend(massEmail.campaignType) === undefined && me.id !== approval.askedById
  return <div style={{ marginBottom: 16 }}>{mayAnswer ? <Answer massEmail={massEmail} approval={approval} /> : <Waits massEmail={massEmail} approval={approval} />}</div>
}

function Answer({ massEmail, approval: { askedByName, askedAt, note, holds } }: ApprovalProps) {
  const { id, name, emailTemplateId } = massEmail
  const { included } = useRead(api.getAudience, { params: { id } })
  const approve = useAction(api.approve, { refreshes: massEmailReads, done: () => succeeded(`“${name}” is approved and scheduled.`) })
  const sendBack = () => modals.open({ title: `Send “${name}” back`, children: <SendBackForm massEmail={massEmail} /> })
  const preview = () => modals.open({ title: `“${name}” as people get it`, size: 'xl', children: <PreviewOfTemplate templateId={emailTemplateId!} /> })
  return (
    <Panel title={`${askedByName} asks for your approval`} about={<Text size="sm" c="dimmed" component="div">Asked <TimeAgo at={askedAt} />. It goes out in the name of {askedByName}, and to nobody whom {askedByName} may not see.</Text>}>
      <Stack>
        {note && <Blockquote p="sm" style={{ overflowWrap: 'anywhere' }}>{note}</Blockquote>}
        <Sentence massEmail={massEmail} included={included} />
        {!holds && <Alert color="lamp" variant="light">It was changed since approval was asked for, so it cannot be approved as it is. Send it back, or schedule it yourself, in your own name.</Alert>}
        <ErrorNote error={approve.error} />
        <Group gap="xs">
          <ReasonButton leftSection={<IconCheck size={16} aria-hidden />} reason={holds ? undefined : 'It was changed since approval was asked for.'} loading={approve.isPending} onClick={() => approve.mutate({ params: { id }, body: { askedAt } })}>Approve and schedule</ReasonButton>
          <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={sendBack}>Send back…</Button>
          {emailTemplateId && <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} onClick={preview}>Preview</Button>}
          {emailTemplateId && <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} onClick={() => openSendTest(massEmail)}>Send Test</Button>}
        </Group>
      </Stack>
    </Panel>
  )
}

function Waits({ massEmail: { id }, approval: { askedById, askedByName, askedAt, holds } }: ApprovalProps) {
  const refresh = useRefresh()
  const mine = useMe().id === askedById
  const takeBack = async () => {
    await call(api.takeBackApproval, { params: { id } })
    await refresh(...massEmailReads)
    succeeded('Nobody is asked for approval any more.')
  }
  return (
    <Alert color={holds ? 'tide' : 'lamp'} variant="light" title={holds ? 'Waits for approval' : 'Changed since approval was asked for'}>
      <Text size="sm">{mine ? 'You' : askedByName} asked <TimeAgo at={askedAt} />. {holds ? 'Whoever approves it schedules it, too. Changing anything means asking again.' : 'Nobody can approve it like this: ask again when it is as it should be.'}</Text>
      {mine && <Button mt="xs" size="xs" variant="default" onClick={() => { takeBack().catch(failed) }}>Ask no more</Button>}
    </Alert>
  )
}
