/** The fields of a record, to be read. A click on one opens the form. */
import { Stack } from '@mantine/core'
import type { EntityType, Field } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { FieldValue } from './FieldValue.tsx'
import { fieldGroups } from './field-groups.ts'
import classes from './RecordFields.module.css'

type RecordFieldsProps = { type: EntityType; record: RecordRow; onEdit: () => void }

export function RecordFields({ type, record, onEdit }: RecordFieldsProps) {
  return (
    <Stack>
      {fieldGroups(type).map(({ title, fields }) => (
        <Panel key={title} title={title}>
          <dl className={classes['fields']} onDoubleClick={onEdit}>{fields.map((field) => <FieldRow key={field.name} field={field} record={record} />)}</dl>
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

const FieldRow = ({ field, record }: { field: Field; record: RecordRow }) => (
  <div data-wide={field.type === 'longText' || undefined}><dt>{field.label}</dt><dd><FieldValue field={field} record={record} /></dd></div>
)
