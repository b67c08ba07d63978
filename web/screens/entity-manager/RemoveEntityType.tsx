/** Asks before an entity type goes, and says what goes with it. */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useNavigate } from 'react-router'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'
import { UsageList } from './UsageList.tsx'

export function RemoveEntityType({ type: { name, plural, mailable } }: { type: EntityType }) {
  const navigate = useNavigate()
  const usage = useLook(api.entityTypeUsage, { params: { name } })
  const remove = useAction(api.removeEntityType, {
    refreshes: definitionReads, done: () => { modals.closeAll(); succeeded(`${plural} are removed. Undo is in the Entity Manager.`); void navigate(paths.entityTypes()) },
  })
  return (
    <Stack>
      <ErrorNote error={usage.error ?? remove.error} />
      {usage.data ? <UsageList usage={usage.data} plural={plural}>{mailable && <List.Item>Mail that is not sent yet is skipped. What was sent stays readable, and opt-outs stay with their addresses.</List.Item>}</UsageList> : <Waiting lines={2} />}
      <Text size="sm">It can be undone until the next change here, and for 30 days at most.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params: { name } })}>Remove {plural}</Button>
      </Group>
    </Stack>
  )
}
