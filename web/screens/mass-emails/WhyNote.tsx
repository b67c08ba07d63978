/** Why nothing is going out, in a sentence with what to do; says nothing while mail goes out or all is done. */
import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { dayAndTime } from './forecast.ts'

export type Reason = { code: string; message: string; advice: string; until?: string | null | undefined; targetListId?: string | undefined }

/** Reasons that are as it should be: time passes and they go away by themselves. */
const patient = ['draft', 'notDue', 'noRunYet', 'portionUsedUp', 'windowClosed', 'paused']

export function WhyNote({ reasons, now }: { reasons: Reason[]; now: Date }) {
  if (reasons.length === 0) return null
  const calm = reasons.every(({ code }) => patient.includes(code))
  return (
    <Alert color={calm ? 'tide' : 'red'} variant="light" icon={<IconHourglass aria-hidden />} title="Why is nothing going out?" role="status">
      <Stack gap={8}>
        {reasons.map(({ code, message, advice, until, targetListId }) => (
          <div key={code + (targetListId ?? '')}>
            <Text size="sm" fw={600}>{message}</Text>
            {advice && <Text size="sm">{advice}</Text>}
            {targetListId && <Anchor component={Link} to={paths.targetList(targetListId)} size="sm">Open the target list</Anchor>}
            {until && <Text size="sm">Until {dayAndTime(new Date(until), now)} (<TimeAgo at={until} />).</Text>}
          </div>
        ))}
      </Stack>
    </Alert>
  )
}
