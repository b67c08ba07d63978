/** Asks before a field goes, and says what its values are worth. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'
import { fieldAddress } from './field-address.ts'
import { UsageList } from './UsageList.tsx'

export function RemoveField({ type, field }: { type: EntityType; field: Field }) {
  const params = fieldAddress(type, field)
  const usage = useLook(api.fieldUsage, { params })
  const remove = useAction(api.removeField, { refreshes: definitionReads, done: () => { modals.closeAll(); succeeded(`${field.label} is removed. Undo stands above the fields.`) } })
  return (
    <Stack>
      <ErrorNote error={usage.error ?? remove.error} />
      {usage.data ? <UsageList usage={usage.data} plural={type.plural} /> : <Waiting lines={2} />}
      <Text size="sm">Lists, forms and filters go on without it. It can be undone until the next change here.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params })}>Remove the field</Button>
      </Group>
    </Stack>
  )
}
