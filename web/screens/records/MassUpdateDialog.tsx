/** Sets one field of all chosen records to one value. */
import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import type { EntityType } from '../../api/entity-types.ts'
import { FormField } from '../../ui/FormField.tsx'
import { editableFields } from './field-groups.ts'
import { useLinkFinder } from './link-finder.ts'

type MassUpdateDialogProps = { type: EntityType; opened: boolean; what: string; onClose: () => void; onChosen: (data: Record<string, unknown>) => void }

export function MassUpdateDialog({ opened, onClose, what, ...form }: MassUpdateDialogProps) {
  return <Modal opened={opened} onClose={onClose} title={`Edit ${what}`}>{opened && <MassUpdateForm {...form} onClose={onClose} />}</Modal>
}

function MassUpdateForm({ type, onChosen, onClose }: Omit<MassUpdateDialogProps, 'opened' | 'what'>) {
  const fields = editableFields(type).filter(({ name }) => name !== 'emailAddress')
  const [name, setName] = useState<string | null>(null)
  const [value, setValue] = useState<unknown>(null)
  const find = useLinkFinder()
  const field = fields.find((each) => each.name === name)
  const apply = () => { onChosen({ [field!.name]: value ?? emptyOf(field!.type) }); onClose() }
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (field) apply() }}>
      <Stack>
        <Select label="Field" placeholder="Choose a field" searchable data={fields.map((each) => ({ value: each.name, label: each.label }))} value={name}
          onChange={(chosen) => { setName(chosen); setValue(null) }} />
        {field && <FormField key={field.name} field={{ ...field, label: `New value of ${field.label}`, required: false }} value={value} onValue={setValue} find={find} />}
        <Group justify="flex-end"><Button type="submit" disabled={!field} title={field ? undefined : 'Choose a field first'}>Change all</Button></Group>
      </Stack>
    </form>
  )
}

const emptyOf = (type: string): unknown => ({ boolean: false, multiEnum: [], linkMultiple: [] } as Record<string, unknown>)[type] ?? null
