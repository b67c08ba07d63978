/** How a list grew, week by week, by the members it has now. */
import { Stack, Text } from '@mantine/core'
import { getGrowth } from '../../../src/audience/contract.ts'
import { useRead } from '../../api/client.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { dayWords, weeksOf } from './growth.ts'

export function GrowthPanel({ listId }: { listId: string }) {
  return <Panel title="Growth" foldsAs="target-list-growth"><Weeks listId={listId} /></Panel>
}

function Weeks({ listId }: { listId: string }) {
  const { days } = useRead(getGrowth, { params: { id: listId } })
  const weeks = weeksOf(days)
  const joined = weeks.reduce((sum, { added }) => sum + added, 0)
  if (joined === 0) return <Text size="sm" c="dimmed">None of its members joined in the last three months.</Text>
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed"><b className="numbers">{joined.toLocaleString()}</b> of its members joined in the last three months.</Text>
      <TimeColumns label="Members who joined, by week" height={150} series={[{ key: 'added', label: 'Joined', color: 'var(--mantine-color-tide-6)' }]}
        points={weeks.map(({ first, added }) => ({ label: dayWords(first), values: { added } }))} />
    </Stack>
  )
}
