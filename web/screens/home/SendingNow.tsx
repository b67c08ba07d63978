/** Home: the mass emails under way, with progress, rate, time left or the next portion, and the sentence why one stands still. */
import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { getProgress } from '../../../src/delivery/contract.ts'
import { type Result, useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { paceWords } from '../mass-emails/pace-words.ts'
import { WhyLine } from '../mass-emails/WhyLine.tsx'
import { PauseOrResume } from './PauseOrResume.tsx'

export const SendingNow = () => <Panel title="Being sent now"><UnderWay /></Panel>

function UnderWay() {
  const filter = { field: 'status', op: 'in', value: ['inProcess', 'paused'] }
  const { items } = useRead(api.listMassEmails, { query: { filter, sort: '-createdAt', limit: 5 } }, { every: 3_000 })
  if (items.length === 0) return <Text size="sm" c="dimmed">Nothing is going out right now.</Text>
  return <Stack gap="lg">{items.map((massEmail) => <Running key={massEmail.id} massEmail={massEmail as api.MassEmail} />)}</Stack>
}

function Running({ massEmail }: { massEmail: api.MassEmail }) {
  const { id, name, status } = massEmail
  const now = useNow(10_000)
  const progress = useLook(getProgress, { params: { id } }, { every: 2_000 }).data
  return (
    <div>
      <Group justify="space-between" mb={6} gap="xs">
        <Group gap="xs"><Anchor component={Link} to={paths.massEmail(id)} fw={600}>{name}</Anchor><StatusBadge status={status} size="sm" /></Group>
        <PauseOrResume massEmail={massEmail} />
      </Group>
      {progress && <ProgressBar done={settledIn(progress)} total={progress.total} label={`${name}: settled`} moving={status === 'inProcess'} hint={status === 'inProcess' ? paceWords(progress, now) : undefined} />}
      <WhyLine massEmail={massEmail} />
    </div>
  )
}

type Progress = Result<typeof getProgress>

/** Everything that came to an end, whichever. */
const settledIn = ({ counts: { sent, failed, skipped, uncertain } }: Progress) => sent + failed + skipped + uncertain
