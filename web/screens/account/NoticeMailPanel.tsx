/** Which notices come to you by mail; each choice is saved at once. */
import { Alert, Anchor, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import * as api from '../../../src/notice-mail/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { displayAddress } from '../../ui/address.ts'
import { Panel } from '../../ui/Panel.tsx'
import { failed } from '../../ui/notice.tsx'
import { choicesOf, isForAdministrators } from './notice-mail-choices.ts'

export const NoticeMailPanel = () => (
  <Panel title="Notices by mail" about="What stands under the bell comes by mail as well, once each; many within minutes come as one mail. What was over or read before is not mailed."><Kinds /></Panel>
)

function Kinds() {
  const { emailAddress, kinds } = useRead(api.getNoticeMail)
  const administrator = useIsAdministrator()
  const change = useAction(api.changeNoticeMail, { refreshes: [api.getNoticeMail] })
  const choose = (kind: string, choice: string) => change.mutate({ body: { choices: { [kind]: choice as 'always' } } }, { onError: failed })
  const unusual = kinds.filter(({ choice, usual }) => choice !== usual)
  const backToUsual = () => change.mutate({ body: { choices: Object.fromEntries(unusual.map(({ kind }) => [kind, null])) } }, { onError: failed })
  return (
    <Stack gap="sm">
      {emailAddress
        ? <Text size="sm">They go to {displayAddress(emailAddress)}. If the outbound account that carries them is itself broken, another one that works takes them; without one they wait for a day.</Text>
        : <Alert color="lamp" variant="light">You have no email address, so nothing is mailed to you. An administrator can set one.</Alert>}
      {kinds.filter(({ kind }) => administrator || !isForAdministrators(kind)).map(({ kind, title, levels, choice }) => (
        <Group key={kind} justify="space-between" gap={4} role="group" aria-label={title}>
          <Text size="sm" style={{ flex: '1 1 220px' }}>{title}</Text>
          <SegmentedControl size="xs" aria-label={`${title}: by mail`} {...choicesOf(levels, choice)} onChange={(value) => choose(kind, value)} />
        </Group>
      ))}
      {unusual.length > 0 && <Anchor component="button" type="button" size="sm" onClick={backToUsual}>Back to what is usual</Anchor>}
    </Stack>
  )
}
