/** One question of a merge: the same field of all records as radio cards, side by side, one below the other on a phone. */
import { Group, Radio, SimpleGrid, Text } from '@mantine/core'
import type { Field } from '../../api/entity-types.ts'
import { type RecordRow, linkedName, nameOf } from '../../api/records.ts'
import { displayAddress } from '../../ui/address.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { isEmpty } from './merge-values.ts'
import classes from './MergeChoice.module.css'

type MergeChoiceProps = { rows: RecordRow[]; label: string; field?: Field; value: string; onValue: (id: string) => void }

/** Without a field it asks for the record itself. */
export function MergeChoice({ rows, label, field, value, onValue }: MergeChoiceProps) {
  return (
    <Radio.Group value={value} onChange={onValue} label={field ? label : undefined} aria-label={label} name={field?.name ?? 'survivor'}>
      <SimpleGrid cols={{ base: 1, sm: Math.min(rows.length, 4) }} spacing="xs" mt={field ? 4 : 0}>
        {rows.map((row) => (
          <label key={row.id} className={classes['card']} data-chosen={row.id === value || undefined}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Radio value={row.id} aria-label={field ? `${label}: ${textOf(field, row)} (${nameOf(row)})` : nameOf(row)} />
              <div className={classes['text']}>{field ? <FieldText field={field} row={row} /> : <RecordText row={row} />}</div>
            </Group>
          </label>
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}

function FieldText({ field, row }: { field: Field; row: RecordRow }) {
  return isEmpty(row[field.name]) ? <Text size="sm" c="dimmed">empty</Text> : <Text size="sm">{textOf(field, row)}</Text>
}

function RecordText({ row }: { row: RecordRow }) {
  return (
    <>
      <Text size="sm" fw={600}>{nameOf(row)}</Text>
      <Text size="sm" c="dimmed">{displayAddress(String(row['emailAddress'] ?? '')) || 'No address'}</Text>
      <Text size="xs" c="dimmed">Created <TimeAgo at={String(row['createdAt'])} /></Text>
    </>
  )
}

function textOf(field: Field, row: RecordRow): string {
  const value = row[field.name]
  if (isEmpty(value)) return 'empty'
  if (field.type === 'link') return linkedName(row, field) ?? 'A record you may not see'
  if (field.type === 'email') return displayAddress(String(value))
  if (field.type === 'boolean') return value ? 'Yes' : 'No'
  if (field.type === 'currency') return `${(value as { amount: string }).amount} ${(value as { currency: string }).currency}`
  return Array.isArray(value) ? (field.type === 'linkMultiple' ? `${value.length} chosen` : value.join(', ')) : String(value)
}
