/** On a record's page: by which forms this person has subscribed, with the proof. Without one nothing is shown. */
import { Anchor, Stack, Text } from '@mantine/core'
import * as api from '../../../src/forms/contract.ts'
import { useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { openProof } from './Proof.tsx'

export function ConsentsPanel({ type, id }: { type: EntityType; id: string }) {
  const { data } = useLook(api.listConsents, { params: { slug: type.slug, id } })
  if (!data || data.items.length === 0) return null
  return (
    <Panel title="Consent">
      <Stack gap="xs">
        {data.items.map((subscription) => (
          <div key={subscription.id}>
            <Anchor component="button" type="button" size="sm" fw={600} onClick={() => openProof(subscription)}>{subscription.formName}</Anchor>
            <Text size="xs" c="dimmed">{subscription.doubleOptIn ? 'Confirmed' : 'Subscribed'} <TimeAgo at={subscription.confirmedAt} /></Text>
          </div>
        ))}
      </Stack>
    </Panel>
  )
}
