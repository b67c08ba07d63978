/** Changes how a custom entity type is called and looks. Name, slug and base type stay: programs and addresses rest on them. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { definitionReads } from './definition-reads.ts'
import { LookInputs } from './LookInputs.tsx'

export function EntityTypeForm({ type: { name, ...type } }: { type: EntityType }) {
  const [plural, setPlural] = useState(type.plural)
  const [look, setLook] = useState({ icon: type.icon, color: type.color })
  const save = useAction(api.changeEntityType, { refreshes: definitionReads, done: () => { succeeded('Saved.'); modals.closeAll() } })
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate({ params: { name }, body: { plural, ...look } }) }} noValidate>
      <Stack>
        <ErrorNote error={save.error} />
        <TextInput label="Plural" required data-autofocus value={plural} error={save.error?.byField['plural']} onChange={(event) => setPlural(event.currentTarget.value)} />
        <LookInputs look={look} onLook={setLook} />
        <Group justify="flex-end"><Button type="submit" loading={save.isPending}>Save</Button></Group>
      </Stack>
    </form>
  )
}
