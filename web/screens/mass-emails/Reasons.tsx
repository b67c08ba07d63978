/** Deliveries of one status by their reason, the most frequent first; each leads to those behind it. */
import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import { listDeliveries } from '../../../src/delivery/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { reasonGroups } from './reasons.ts'

type ReasonsProps = { massEmailId: string; status: 'pending' | 'failed' | 'skipped'; title: string; about?: string; every: number | false }

/** Grouped are the first of them; that is enough to see what is wrong. */
const lookedAt = 200
/** What simply waits for its turn has none. */
const withReason = { field: 'reasonCode', op: 'isNotEmpty' }

export function Reasons({ massEmailId, status, title, about, every }: ReasonsProps) {
  const query = { status, filter: withReason, fields: 'reason,reasonCode', limit: lookedAt }
  const { items, total, totalIsEstimate } = useRead(listDeliveries, { params: { id: massEmailId }, query }, { every })
  if (total === 0) return null
  const to = (reason?: string) => paths.massEmailDeliveries(massEmailId, { status, ...(reason && { reason }) })
  return (
    <div>
      <Text fw={600} size="sm"><Anchor component={Link} to={to()} inherit>{title} {totalIsEstimate && 'about '}{total.toLocaleString()}</Anchor></Text>
      {about && <Text size="xs" c="dimmed">{about}</Text>}
      <Stack component="ul" gap={6} mt={6} pl={18} m={0}>
        {reasonGroups(items).map(({ code, words, count, example }) => (
          <li key={code}>
            <Text size="sm"><Anchor component={Link} to={to(code)} inherit>{words}</Anchor> <Text span c="dimmed" inherit className="numbers">{count.toLocaleString()}</Text></Text>
            {example && <Text size="xs" c="dimmed" ff="monospace" lineClamp={2} title={example}>{example}</Text>}
          </li>
        ))}
      </Stack>
      {total > lookedAt && <Text size="xs" c="dimmed" mt={4}>Reasons of the first {lookedAt.toLocaleString()}.</Text>}
    </div>
  )
}
