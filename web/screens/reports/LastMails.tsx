/** What came of the last mails of a schedule: to whom, when, and the server's answer where it refused. */
import { Table, Text } from '@mantine/core'
import type { ReportMail } from '../../../src/report-mail/contract.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

const words: Record<ReportMail['outcome'], string> = { queued: 'On its way', sent: 'Sent', failed: 'Failed', uncertain: 'Uncertain', noRows: 'Nothing found', leftOut: 'Left out' }
/** A server says "250 2.0.0 Ok" to what it took: nobody needs that. */
const worthSaying = ({ outcome, reply }: ReportMail) => (outcome === 'sent' ? '' : reply)

export function LastMails({ mails }: { mails: ReportMail[] }) {
  return (
    <Table.ScrollContainer minWidth={260} type="native" scrollAreaProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Last mails' }}>
      <Table verticalSpacing={4} aria-label="Last mails">
        <Table.Thead><Table.Tr><Table.Th>Due</Table.Th><Table.Th>To</Table.Th><Table.Th>What came of it</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {mails.map((mail) => (
            <Table.Tr key={`${mail.dueAt} ${mail.userId}`}>
              <Table.Td><TimeAgo at={mail.dueAt} /></Table.Td>
              <Table.Td>{mail.userName}</Table.Td>
              <Table.Td><StatusBadge status={mail.outcome} size="sm">{words[mail.outcome]}</StatusBadge>{worthSaying(mail) && <Text size="xs" c="dimmed" mt={2}>{worthSaying(mail)}</Text>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
