/** On a record's page: who may be the same, with the way to make them one. Nothing is shown where there is nobody. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowsJoin } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/duplicates/contract.ts'
import { useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { Panel } from '../../ui/Panel.tsx'
import { reasonsInWords } from './duplicate-words.ts'

export function DuplicatesPanel({ type, id }: { type: EntityType; id: string }) {
  const { data } = useLook(api.findDuplicates, { params: { slug: type.slug, id } }, { enabled: type.name !== 'User' })
  if (!data || data.items.length === 0) return null
  return (
    <Panel title="Possible duplicates" action={data.items.length > 1 && <MergeButton to={paths.merge(type.slug, [id, ...data.items.map((each) => each.id)])} label="Merge all with this one">Merge all…</MergeButton>}>
      <Stack gap="sm">
        {data.items.map(({ id: otherId, name, emailAddress, reasons }) => (
          <Group key={otherId} justify="space-between" wrap="nowrap" gap="sm">
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Anchor component={Link} to={paths.record(type.slug, otherId)} size="sm" fw={600}>{name || 'No name'}</Anchor>
              <Text size="xs" c="dimmed">{[displayAddress(emailAddress), reasonsInWords(reasons)].filter(Boolean).join(' · ')}</Text>
            </div>
            <MergeButton to={paths.merge(type.slug, [id, otherId])} label={`Merge with ${name}`}>Merge…</MergeButton>
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}

const MergeButton = ({ to, label, children }: { to: string; label: string; children: string }) =>
  <Button component={Link} to={to} variant="default" size="compact-sm" leftSection={<IconArrowsJoin size={14} aria-hidden />} aria-label={label} style={{ flexShrink: 0 }}>{children}</Button>
