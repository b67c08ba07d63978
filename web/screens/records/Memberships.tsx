/** The target lists a record is in; a switch each for whether its address still gets mail because of that list. */
import { Anchor, Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/audience/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { CancelOptOutForm } from '../target-lists/CancelOptOutForm.tsx'
import { OptOutForm } from '../target-lists/OptOutForm.tsx'
import { optOutReads } from '../target-lists/opt-out-reads.ts'
import { TargetListDialog } from './TargetListDialog.tsx'

export function Memberships({ type, record }: { type: EntityType; record: RecordRow }) {
  const { items } = useRead(api.listMemberships, { params: { slug: type.slug, id: record.id } })
  const [adding, { open, close }] = useDisclosure()
  const add = useAction(api.addMembers, { refreshes: optOutReads, done: () => succeeded('Added.') })
  return (
    <Stack gap="sm">
      {items.length === 0 && <Text size="sm" c="dimmed">On no target list yet.</Text>}
      {items.map((membership) => <MembershipRow key={membership.id} membership={membership} emailAddress={String(record['emailAddress'] ?? '')} />)}
      <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>Add to target list</Button></div>
      <TargetListDialog action={adding ? 'addToTargetList' : null} what="this record" onClose={close}
        onChosen={(_, list) => add.mutate({ params: { id: list.id }, body: { entityType: type.name, ids: [record.id] } }, { onError: failed })} />
    </Stack>
  )
}

function MembershipRow({ membership: { id, name, optedOutAt }, emailAddress }: { membership: api.Membership; emailAddress: string }) {
  const turn = () => modals.open(optedOutAt
    ? { title: `Lift the opt-out from ${name}?`, children: <CancelOptOutForm listId={id} emailAddress={emailAddress} /> }
    : { title: `Opt out of ${name}`, children: <OptOutForm listId={id} emailAddress={emailAddress} /> })
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={paths.targetList(id)} size="sm" fw={600}>{name}</Anchor>
        {optedOutAt && <Text size="xs" c="dimmed">Opted out <TimeAgo at={optedOutAt} /></Text>}
      </div>
      <Switch label="Gets mail" labelPosition="left" aria-label={`Gets mail from ${name}`} checked={optedOutAt === null} disabled={!emailAddress} title={emailAddress ? undefined : 'This record has no address'} onChange={turn} />
    </Group>
  )
}
