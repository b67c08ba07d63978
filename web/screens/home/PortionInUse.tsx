/** Home: how much of what may leave in an hour has left, and when there is more. */
import { Text } from '@mantine/core'
import { getPortion } from '../../../src/delivery/contract.ts'
import { useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

export const PortionInUse = () => <Panel title="Portion in use"><Portion /></Panel>

function Portion() {
  const { limit, used, nextAt } = useRead(getPortion, {}, { every: 10_000 })
  return (
    <>
      {limit === null
        ? <Text size="sm">{used.toLocaleString()} left in the last hour. There is no limit for an hour.</Text>
        : <ProgressBar done={Math.min(used, limit)} total={limit} label="Left in the last hour" hint="in the last hour" />}
      {nextAt && <Text size="sm" c="dimmed" mt={6}>The next portion goes <TimeAgo at={nextAt} />.</Text>}
    </>
  )
}
