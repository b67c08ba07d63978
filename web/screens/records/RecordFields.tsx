/** The fields of a record, by the layout of its type. A click on one changes it where it stands. */
import { Stack } from '@mantine/core'
import type { EntityType } from '../../api/entity-types.ts'
import { useFieldGroups } from '../../api/layouts.ts'
import type { RecordRow } from '../../api/records.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { RecordField } from './RecordField.tsx'
import classes from './RecordFields.module.css'

export function RecordFields({ type, record }: { type: EntityType; record: RecordRow }) {
  return (
    <Stack>
      {useFieldGroups(type).map(({ title, fields }) => (
        <Panel key={title} title={title}>
          <dl className={classes['fields']}>{fields.map((field) => <RecordField key={field.name} type={type} field={field} record={record} />)}</dl>
        </Panel>
      ))}
      <Panel title="History">
        <dl className={classes['fields']}>
          <div><dt>Created</dt><dd><TimeAgo at={record['createdAt'] as string} /></dd></div>
          <div><dt>Changed</dt><dd><TimeAgo at={record['modifiedAt'] as string} /></dd></div>
        </dl>
      </Panel>
    </Stack>
  )
}
