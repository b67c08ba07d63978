/** How far a mass email is: bar, sent of total, rate per minute, time left, when the next portion goes. */
import { Group, Text } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { getProgress } from '../../../src/delivery/contract.ts'
import { type Result, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { NumberText } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { paceWords } from './pace-words.ts'
import { isLive } from './steps.ts'

type Progress = Result<typeof getProgress>
type Counts = Progress['counts']

const lookAgainMilliseconds = 2000
const shown = [['sent', 'Sent'], ['pending', 'Waiting'], ['sending', 'On the wire'], ['failed', 'Failed'], ['skipped', 'Skipped'], ['uncertain', 'Unknown']] as const

export function LiveProgress({ massEmail }: { massEmail: Pick<MassEmail, 'id' | 'status'> }) {
  return <Panel title="Progress"><HowFar {...massEmail} /></Panel>
}

function HowFar({ id, status }: Pick<MassEmail, 'id' | 'status'>) {
  const progress = useRead(getProgress, { params: { id } }, { every: isLive(status) ? lookAgainMilliseconds : false })
  const now = useNow(10_000)
  const { counts, total, perMinute } = progress
  const settled = counts.sent + counts.failed + counts.skipped + counts.uncertain
  return (
    <>
      <ProgressBar done={settled} total={total} label="Progress" moving={status === 'inProcess' && perMinute > 0 && settled < total} hint={status === 'inProcess' ? paceWords(progress, now) : undefined} />
      <Group gap="6px 20px" mt="sm" aria-live="off">
        {shown.filter(([code]) => code === 'sent' || counts[code] > 0).map(([code, label]) => (
          <Text key={code} size="sm" component="span">{label} <NumberText value={counts[code]} to={linkTo(id, code, counts)} /></Text>
        ))}
      </Group>
    </>
  )
}

const linkTo = (id: string, code: keyof Counts, counts: Counts) => (counts[code] > 0 ? paths.massEmailDeliveries(id, { status: code }) : undefined)
