/** One value of a record, to be read: links lead somewhere, times are relative, empty is a dash. */
import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from 'react-router'
import { type Field, byName, useKnownEntityTypes } from '../../api/entity-types.ts'
import { linkedName } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { useLinkFinder } from './link-finder.ts'
import { displayAddress } from '../../ui/address.ts'
import { LinkNames } from '../../ui/LinksInput.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

type FieldValueProps = { field: Field; record: Record<string, unknown> }

export function FieldValue({ field, record }: FieldValueProps) {
  const value = record[field.name]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <Text span inherit c="dimmed" aria-label="empty">–</Text>
  switch (field.type) {
    case 'boolean': return value ? 'Yes' : 'No'
    case 'integer': return <NumberText value={Number(value)} />
    case 'date': return new Date(`${String(value)}T00:00`).toLocaleDateString(undefined, { dateStyle: 'medium' })
    case 'dateTime': return <TimeAgo at={String(value)} />
    case 'email': return <Anchor href={`mailto:${String(value)}`} inherit>{displayAddress(String(value))}</Anchor>
    case 'phone': return <Anchor href={`tel:${String(value)}`} inherit>{String(value)}</Anchor>
    case 'url': return <WebLink address={String(value)} />
    case 'link': return <RecordLink field={field} record={record} id={String(value)} />
    case 'currency': return <Money value={value as { amount: string; currency: string }} />
    case 'linkMultiple': return <LinkedNames field={field} ids={value as string[]} />
    case 'multiEnum': return <Group gap={4}>{(value as string[]).map((each) => <Badge key={each} color="gray">{each}</Badge>)}</Group>
    default: return String(value)
  }
}

function LinkedNames({ field, ids }: { field: Field; ids: string[] }) {
  const find = useLinkFinder()
  return <LinkNames kind={field.entityType ?? field.name} ids={ids} find={() => find(field, '')} />
}

/** What somebody typed may be `javascript:`; only web addresses become links. */
const WebLink = ({ address }: { address: string }) =>
  (/^https?:\/\//i.test(address) ? <Anchor href={address} target="_blank" rel="noopener noreferrer" inherit>{address.replace(/^https?:\/\//i, '')}</Anchor> : address)

function RecordLink({ field, record, id }: FieldValueProps & { id: string }) {
  const type = byName(useKnownEntityTypes(), field.entityType ?? '')
  const name = linkedName(record, field) ?? 'Unnamed'
  return type ? <Anchor component={Link} to={paths.record(type.slug, id)} inherit>{name}</Anchor> : name
}

const Money = ({ value: { amount, currency } }: { value: { amount: string; currency: string } }) => `${Number(amount).toLocaleString(undefined, { minimumFractionDigits: 2 })} ${currency}`
