/** One message that came back: what it says about whom, its words, its raw text; and a person's decision where one is needed. */
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { Link, useParams } from 'react-router'
import * as api from '../../../src/mailbox/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { cameInBy, findingInWords, kindStatus, kindWords, outcomeWords } from './message-words.ts'

type Message = api.MailboxMessage & { raw: string }

export function MailboxMessageScreen() {
  const message = useRead(api.getMailboxMessage, { params: { id: useParams()['id']! } }) as Message
  const { subject, kind, outcome, from, receivedAt, text, raw } = message
  const isAdministrator = useMe().type === 'admin'
  return (
    <Page title={subject || kindWords[kind]} mark={<StatusBadge status={kindStatus[kind]}>{kindWords[kind]}</StatusBadge>}
      back={isAdministrator ? { to: paths.groupEmailAccounts(), title: 'Group Email Accounts' } : { to: paths.campaigns(), title: 'Campaigns' }}
      about={<Group gap="xs"><span>{displayAddress(from)} by {cameInBy(message)}</span><span>·</span><TimeAgo at={receivedAt} /><span>·</span><span>{outcomeWords[outcome]}</span></Group>}>
      <Stack>
        <Panel title="What it says"><Findings message={message} /></Panel>
        {isAdministrator && ['notUnderstood', 'unverified'].includes(outcome) && <Panel title="What is it?" about="It acts as if it were proved, and the audit log says that it was you."><Decision id={message.id} /></Panel>}
        {text && <Panel title="Text"><Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Text></Panel>}
        <Panel title="Source" action={<CopyButton what="source" value={raw} />}>
          <Text component="pre" size="xs" ff="monospace" m={0} tabIndex={0} aria-label="Source" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '60vh', overflow: 'auto' }}>{raw}</Text>
        </Panel>
      </Stack>
    </Page>
  )
}

function Findings({ message: { findings, rule } }: { message: Message }) {
  const types = useEntityTypes()
  if (findings.length === 0) return <Empty>It shows the signature of a mail of yours, and the rules do not know what it says.</Empty>
  return (
    <Stack gap="xs">
      <List size="sm" spacing={6}>
        {findings.map((finding, index) => {
          const slug = byName(types, finding.record.entityType)?.slug
          return (
            <List.Item key={index}>
              {slug ? <Anchor component={Link} to={paths.record(slug, finding.record.id)} size="sm" fw={600} underline="always">{displayAddress(finding.emailAddress)}</Anchor> : <b>{displayAddress(finding.emailAddress)}</b>}
              {': '}{findingInWords(finding)}{' · '}<Anchor component={Link} to={paths.massEmail(finding.massEmail.id)} size="sm" underline="always">{finding.massEmail.name}</Anchor>
              {finding.reply && <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{finding.reply}</Text>}
            </List.Item>
          )
        })}
      </List>
      {rule && <Text size="xs" c="dimmed">Decided by the rule “{rule}”.</Text>}
    </Stack>
  )
}

const decisions: { as: api.HandKind; title: string }[] = [
  { as: 'hard', title: 'The address is dead' }, { as: 'soft', title: 'A bounce that may pass' }, { as: 'complained', title: 'A complaint' },
  { as: 'optedOut', title: 'An opt-out' }, { as: 'replied', title: 'A reply of a person' }, { as: 'ignore', title: 'None of these: ignore it' },
]

function Decision({ id }: { id: string }) {
  const classify = useAction(api.classifyMailboxMessage, { refreshes: [api.listMailboxMessages, api.getMailboxMessage] })
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {decisions.map(({ as, title }) => <Button key={as} variant="default" size="compact-sm" disabled={classify.isPending} onClick={() => classify.mutate({ params: { id }, body: { as } })}>{title}</Button>)}
      </Group>
      <ErrorNote error={classify.error} />
    </Stack>
  )
}
