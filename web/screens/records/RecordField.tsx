/** One field of a record: read, and after a click (or Enter on its pencil) an input in its place. Enter keeps the change, Escape drops it. */
import { ActionIcon, Button, Group, Stack } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useState } from 'react'
import * as api from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { type RecordRow, linkedName } from '../../api/records.ts'
import { useRights } from '../../api/session.ts'
import { FormField } from '../../ui/FormField.tsx'
import { failed } from '../../ui/notice.tsx'
import { FieldValue } from './FieldValue.tsx'
import { changedValues } from './changed-values.ts'
import { useLinkFinder } from './link-finder.ts'
import classes from './RecordFields.module.css'

type RecordFieldProps = { type: EntityType; field: Field; record: RecordRow }

export function RecordField({ type, field, record }: RecordFieldProps) {
  const [editing, setEditing] = useState(false)
  const mayEdit = useRights().some(type.name, 'edit')
  const wide = field.type === 'longText' || undefined
  if (editing) return <div data-wide={wide} data-editing><dt className={classes['hidden']}>{field.label}</dt><dd><FieldEditor {...{ type, field, record }} onDone={() => setEditing(false)} /></dd></div>
  if (field.readOnly || !mayEdit) return <div data-wide={wide}><dt>{field.label}</dt><dd><FieldValue field={field} record={record} /></dd></div>
  // A click on a link inside goes where the link leads.
  const edit = (event: MouseEvent) => { if (!(event.target as Element).closest('a')) setEditing(true) }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the pencil is there for the keyboard
    <div data-wide={wide} data-editable onClick={edit}>
      <dt>{field.label}</dt>
      <dd><FieldValue field={field} record={record} /><ActionIcon size="sm" className={classes['pencil']} aria-label={`Edit ${field.label}`} onClick={() => setEditing(true)}><IconPencil size={14} /></ActionIcon></dd>
    </div>
  )
}

function FieldEditor({ type, field, record, onDone }: RecordFieldProps & { onDone: () => void }) {
  const [value, setValue] = useState<unknown>(record[field.name])
  const find = useLinkFinder()
  const save = useAction(api.changeRecord, { refreshes: [api.listRecords, api.readRecord], done: onDone })
  const send = () => {
    const changes = changedValues({ [field.name]: value }, record)
    if (Object.keys(changes).length === 0) onDone()
    else save.mutate({ params: { slug: type.slug, id: record.id }, body: changes }, { onError: (error) => { if (!error.byField[field.name]) failed(error) } })
  }
  const keys = (event: KeyboardEvent) => { if (event.key === 'Escape') { event.stopPropagation(); onDone() } }
  return (
    <form onSubmit={(event) => { event.preventDefault(); send() }} onKeyDown={keys} ref={focusFirst}>
      <Stack gap={6}>
        <FormField field={field} value={value} onValue={setValue} error={save.error?.byField[field.name]} linkedName={linkedName(record, field)} find={find} />
        <Group gap={6}>
          <Button type="submit" size="compact-sm" loading={save.isPending}>Save</Button>
          <Button size="compact-sm" variant="default" onClick={onDone}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Called once, when the form appears. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector<HTMLElement>('input, textarea')?.focus()
