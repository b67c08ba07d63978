/** Why nothing is going out, in a sentence with what to do and where; says nothing while mail goes out or all is done. */
import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useIsAdministrator } from '../../api/session.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { dayAndTime } from './forecast.ts'
import { type Reason, isPatient, placeOf } from './why-places.ts'

export function WhyNote({ reasons, campaignId, now }: { reasons: Reason[]; campaignId: string; now: Date }) {
  if (reasons.length === 0) return null
  return (
    <Alert color={reasons.every(isPatient) ? 'tide' : 'red'} variant="light" icon={<IconHourglass aria-hidden />} title="Why is nothing going out?" role="status">
      <Stack gap={8}>
        {reasons.map((reason) => (
          <div key={`${reason.code} ${reason.targetListId ?? ''} ${reason.message}`}>
            <Text size="sm" fw={600}>{reason.message}</Text>
            {reason.advice && <Text size="sm">{reason.advice}</Text>}
            <MendLink reason={reason} campaignId={campaignId} />
            {reason.until && <Text size="sm">Until {dayAndTime(new Date(reason.until), now)} (<TimeAgo at={reason.until} />).</Text>}
          </div>
        ))}
      </Stack>
    </Alert>
  )
}

export function MendLink({ reason, campaignId }: { reason: Reason; campaignId: string }) {
  const place = placeOf(reason, { campaignId, administers: useIsAdministrator() })
  return place && <Anchor component={Link} to={place.to} size="sm" underline="always">{place.words}</Anchor>
}
