/** Figures and rates of campaigns side by side; the best of each row is marked, in words too. */
import { Anchor, Badge, Group, Table, Text } from '@mantine/core'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { NumberText } from '../../ui/NumberText.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { bestOf, type Compared, comparedRates, rateInWords } from './comparison.ts'
import { logLink } from './log-link.ts'
import { partsOf } from './trend.ts'

export function ComparisonTable({ campaigns }: { campaigns: Compared[] }) {
  return (
    <Table.ScrollContainer minWidth={220 + campaigns.length * 150}>
      <Table aria-label="Campaigns side by side" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr><Table.Th scope="col">Figure</Table.Th>{campaigns.map(({ id, name }) => <Table.Th key={id} scope="col" ta="right"><Anchor component={Link} to={paths.campaign(id)} inherit>{name}</Anchor></Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Row name="First mail">{campaigns.map(({ id, startedAt }) => <Cell key={id}><TimeAgo at={startedAt} empty="Not yet" /></Cell>)}</Row>
          <Row name="People">{campaigns.map(({ id, figures }) => <Cell key={id}><NumberText value={figures.people} /></Cell>)}</Row>
          <Row name="Sent">{campaigns.map(({ id, figures }) => <Cell key={id}><NumberText value={figures.sent} to={logLink(id, 'sent')} /></Cell>)}</Row>
          {comparedRates.map((row) => <Rates key={row.rate} row={row} campaigns={campaigns} />)}
          <Row name="Clicks in all">{campaigns.map(({ id, figures }) => <Cell key={id}><NumberText value={figures.clicks} /></Cell>)}</Row>
          <Row name="Opened by machines">{campaigns.map(({ id, figures }) => <Cell key={id}><Text span c="dimmed" inherit className="numbers">{figures.machine.opened.toLocaleString()}</Text></Cell>)}</Row>
          <Row name="Failed">{campaigns.map(({ id, figures }) => <Cell key={id}><NumberText value={figures.failed} to={logLink(id, 'failed')} /></Cell>)}</Row>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Rates({ row, campaigns }: { row: (typeof comparedRates)[number]; campaigns: Compared[] }) {
  const best = bestOf(campaigns, row)
  return (
    <Row name={row.label}>
      {campaigns.map(({ id, figures }) => {
        const [part, whole] = partsOf(figures, row.rate)
        return (
          <Cell key={id}>
            <Group gap={6} justify="flex-end" wrap="nowrap">
              {best.has(id) && <Badge size="xs" color="green" miw="max-content">best</Badge>}
              <Text span fw={best.has(id) ? 650 : undefined} className="numbers">{whole > 0 ? rateInWords(part / whole) : '–'}</Text>
            </Group>
            <Text size="xs" c="dimmed" className="numbers">{part.toLocaleString()}</Text>
          </Cell>
        )
      })}
    </Row>
  )
}

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => <Table.Tr><Table.Th scope="row">{name}</Table.Th>{children}</Table.Tr>
const Cell = ({ children }: { children: React.ReactNode }) => <Table.Td ta="right">{children}</Table.Td>
