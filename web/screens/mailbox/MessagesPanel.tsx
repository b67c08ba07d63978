/** What was read, as a list: what needs a decision, what people answered, or everything. */
import { Badge, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEyeOff, IconMailX } from '@tabler/icons-react'
import * as api from '../../../src/mailbox/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { Filter } from '../../ui/filter.ts'
import { failed } from '../../ui/notice.tsx'
import { MarkInvalidForm } from './MarkInvalidForm.tsx'
import { cameInBy, findingInWords, kindStatus, kindWords, outcomeWords } from './message-words.ts'

type About = 'decide' | 'replies' | 'all'
type Row = Partial<api.MailboxMessage>

const shown: Record<About, { title: string; filter: Filter | undefined; empty: string }> = {
  decide: {
    title: 'Needs a decision', filter: { field: 'outcome', op: 'in', value: ['notUnderstood', 'unverified', 'setAside'] },
    empty: 'Nothing waits for you. What the rules do not understand, and reports that prove nothing, appear here: you say what they are.',
  },
  replies: { title: 'Replies', filter: { and: [{ field: 'kind', op: 'equals', value: 'reply' }, { field: 'outcome', op: 'notEquals', value: 'ignored' }] }, empty: 'Nobody has answered yet. Replies stand with the record as well.' },
  all: { title: 'All that was read', filter: undefined, empty: 'Nothing was read yet. The job Check Group Email Accounts looks each minute.' },
}

const columns: Column<Row>[] = [
  { key: 'what', title: 'What', cell: ({ subject, kind }) => subject || kindWords[kind!], width: 340 },
  { key: 'kind', title: 'Kind', cell: ({ kind, outcome }) => <Group gap={6} wrap="nowrap"><StatusBadge status={kindStatus[kind!]} size="sm">{kindWords[kind!]}</StatusBadge>{outcome !== 'logged' && <Badge variant="outline" color="gray" size="sm" miw="max-content">{outcomeWords[outcome!]}</Badge>}</Group> },
  { key: 'about', title: 'About', cell: (row) => <Findings row={row} />, width: 420 },
  { key: 'account', title: 'Came in by', cell: cameInBy, width: 220 },
  { key: 'receivedAt', title: 'Received', cell: ({ receivedAt }) => <TimeAgo at={receivedAt} /> },
]

export function MessagesPanel({ about }: { about: About }) {
  const { title, filter, empty } = shown[about]
  const pages = usePages(api.listMailboxMessages, { query: { filter } }, { every: 10_000 })
  const [opened, { open, close }] = useDisclosure()
  const decide = about === 'decide'
  const many = decide && pages.rows.length > 1 && <Button variant="default" onClick={open}>Mark many invalid…</Button>
  return (
    <Panel title={title} flush action={many}>
      <DataTable label={title} {...pages} columns={columns} keys linkTo={({ id }) => paths.mailboxMessage(id!)} menu={decide ? (row) => <Decisions row={row} /> : undefined}
        empty={<Empty icon={IconMailX}>{empty}</Empty>} />
      <Modal opened={opened} onClose={close} title="Take unverified bounces for true">{opened && <MarkInvalidForm onDone={close} />}</Modal>
    </Panel>
  )
}

function Findings({ row: { findings = [], error, from } }: { row: Row }) {
  if (error) return <Text size="sm" c="red" style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{error}</Text>
  if (findings.length === 0) return from ? displayAddress(from) : '–'
  return (
    <Stack gap={2} style={{ whiteSpace: 'normal' }}>
      {findings.map((finding, index) => (
        <Text key={index} size="sm"><b>{displayAddress(finding.emailAddress)}</b> {findingInWords(finding)}</Text>
      ))}
    </Stack>
  )
}

function Decisions({ row: { id, findings = [] } }: { row: Row }) {
  const classify = useAction(api.classifyMailboxMessage, { refreshes: [api.listMailboxMessages] })
  const say = (as: 'hard' | 'ignore') => classify.mutate({ params: { id: id! }, body: { as } }, { onError: failed })
  return (
    <>
      {findings.some(({ kind }) => kind === 'hard') && <Menu.Item leftSection={<IconMailX size={16} aria-hidden />} onClick={() => say('hard')}>Mark invalid</Menu.Item>}
      <Menu.Item leftSection={<IconEyeOff size={16} aria-hidden />} onClick={() => say('ignore')}>Ignore</Menu.Item>
    </>
  )
}
