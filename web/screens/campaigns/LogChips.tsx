/** One chip for each action with the number of its entries under the other filters. */
import { Chip, Group } from '@mantine/core'
import { countLog } from '../../../src/log/contract.ts'
import { useLook } from '../../api/client.ts'
import { type LogAction, logActionCodes, logActions } from './log-actions.ts'

type LogChipsProps = { campaignId: string; query: Record<string, string | undefined>; value: LogAction | undefined; onChange: (action: LogAction | null) => void; every: number | false }

/** Always shown, with or without entries; the others appear when there are some. */
const usual: LogAction[] = ['sent', 'opened', 'clicked', 'optedOut', 'bounced', 'replied', 'complained', 'failed', 'skipped']

export function LogChips({ campaignId, query, value, onChange, every }: LogChipsProps) {
  const counting = useLook(countLog, { params: { id: campaignId }, query: { ...query, action: undefined } }, { every })
  const counts: Record<string, number> = counting.data?.counts ?? {}
  const atLeast: string[] = counting.data?.atLeast ?? []
  const shown = logActionCodes.filter((action) => usual.includes(action) || (counts[action] ?? 0) > 0 || action === value)
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <Chip.Group value={value ?? 'all'} onChange={(chosen) => onChange(chosen === 'all' ? null : chosen as LogAction)}>
      <Group gap={6} role="radiogroup" aria-label="Action">
        <Chip size="xs" value="all">All {counting.data && `${all.toLocaleString()}${atLeast.length > 0 ? '+' : ''}`}</Chip>
        {shown.map((action) => (
          <Chip key={action} size="xs" value={action}>{logActions[action].name} {counting.data && `${(counts[action] ?? 0).toLocaleString()}${atLeast.includes(action) ? '+' : ''}`}</Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}
