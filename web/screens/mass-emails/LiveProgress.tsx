/** How far a running mass email is: bar, sent of total, rate per minute, time left, when the next portion goes. */
import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import type { Why } from '../../../src/health/contract.ts'
import { paths } from '../../paths.ts'
import { NumberText } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { duration } from '../../ui/time.ts'
import { useNow } from '../../ui/TimeAgo.tsx'
import { dayAndTime } from './forecast.ts'
import { type Sample, ratePerMinute, secondsLeft, withSample } from './pace.ts'

type LiveProgressProps = { massEmail: MassEmail; reasons: Why['reasons'] | undefined }

export function LiveProgress({ massEmail, reasons }: LiveProgressProps) {
  const { id, status, figures: { people, sent, failed, skipped, uncertain } } = massEmail
  const settled = sent + failed + skipped + uncertain
  const left = Math.max(0, people - settled)
  const rate = useRate(settled)
  const moving = status === 'inProcess' && left > 0
  return (
    <Panel title="Progress">
      <ProgressBar done={settled} total={people} label="Progress" moving={moving && (rate ?? 0) > 0} hint={moving ? <Forecast left={left} rate={rate} reasons={reasons} /> : undefined} />
      <Group gap="lg" mt="sm">
        {([['Sent', sent, 'sent'], ['Waiting', left, 'pending'], ['Failed', failed, 'failed'], ['Skipped', skipped, 'skipped'], ['Unknown', uncertain, 'uncertain']] as const).map(([label, count, code]) => (
          <Text key={code} size="sm" component="span">{label} <NumberText value={count} to={count > 0 ? paths.massEmailDeliveries(id, { status: code }) : undefined} /></Text>
        ))}
      </Group>
    </Panel>
  )
}

function Forecast({ left, rate, reasons }: { left: number; rate: number | null; reasons: Why['reasons'] | undefined }) {
  const now = useNow(10_000)
  const until = reasons?.find(({ code }) => code === 'portionUsedUp' || code === 'windowClosed')?.until
  if (until) return <>Next portion {dayAndTime(new Date(until), now)}</>
  const seconds = secondsLeft(left, rate)
  if (rate === null || rate === 0) return null
  return <>{Math.round(rate).toLocaleString()} a minute{seconds !== null && ` · about ${duration(seconds)} left`}</>
}

/** Looks every few seconds at how the number has grown. */
function useRate(settled: number): number | null {
  const at = useNow(2_000).getTime()
  const [samples, setSamples] = useState<Sample[]>([])
  if (samples.at(-1)?.at !== at) setSamples(withSample(samples, { at, settled }))
  return ratePerMinute(samples)
}
