/** Figures by a field of the records (city, industry of the account): counted when somebody asks, so it may take seconds, and of very many people a part is counted. */
import { Group, Select, Stack, Text } from '@mantine/core'
import { listCampaignByField } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { byName, type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { PartsTable } from './PartsTable.tsx'

type Of = { campaignId: string; massEmailId?: string | undefined }

export function ByField(of: Of) {
  const types = useEntityTypes()
  const mailable = types.filter(({ mailable: is }) => is)
  const [typeName, setTypeName] = useUrlText('type', 'Contact')
  const [field, setField] = useUrlText('field')
  const type = byName(mailable, typeName) ?? mailable[0]
  if (!type) return null
  return (
    <Stack gap="md">
      <Group gap="xs" align="flex-end">
        <Select size="sm" w={150} label="People that are" data={mailable.map(({ name, plural }) => ({ value: name, label: plural }))} value={type.name} onChange={(name) => { setTypeName(name ?? 'Contact'); setField('') }} allowDeselect={false} />
        <Select size="sm" w={260} label="Divided by" placeholder="Choose a field" searchable data={choicesOf(type, types)} value={field || null} onChange={(key) => setField(key ?? '')} />
      </Group>
      {field ? <Boundary key={`${type.name} ${field}`}><Counted {...of} entityType={type.name} field={field} /></Boundary> : <Text size="sm" c="dimmed">Choose a field, for example the city or the industry of the account.</Text>}
    </Stack>
  )
}

function Counted({ campaignId, massEmailId, entityType, field }: Of & { entityType: string; field: string }) {
  const { items, label, share, truncated } = useRead(listCampaignByField, { params: { id: campaignId }, query: { massEmailId, entityType, field } })
  if (items.length === 0) return <Text size="sm" c="dimmed">None of these people got this campaign.</Text>
  return (
    <>
      <PartsTable label={`Figures by ${label}`} nameOf={label} about={share < 1} parts={items.map(({ value, ...numbers }) => ({ ...numbers, name: nameOf(value) }))} />
      <Text size="xs" c="dimmed">
        {share < 1 && <>Counted on {share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })} of the people, drawn at random; the numbers are what that makes probable. </>}
        {truncated && 'The fifty commonest values are shown. '}By what the records say today.
      </Text>
    </>
  )
}

const nameOf = (value: string | null) => (value === null ? 'Nothing filled in' : value === 'true' ? 'Yes' : value === 'false' ? 'No' : value)

const groupable = new Set(['text', 'enum', 'boolean', 'link', 'integer'])

/** Own fields, and those of linked records one link away. */
function choicesOf(type: EntityType, types: EntityType[]) {
  const own = type.fields.filter((field) => groupable.has(field.type) && field.name !== 'name').map(({ name, label }) => ({ value: name, label }))
  const linked = type.fields.flatMap((field) => {
    const target = field.type === 'link' ? byName(types, field.entityType ?? '') : undefined
    const through = field.definedAs
    return target && through && target.name !== 'User'
      ? [{ group: field.label, items: target.fields.filter((each) => groupable.has(each.type) && each.type !== 'link' && each.name !== 'name').map(({ name, label }) => ({ value: `${through}.${name}`, label: `${field.label}: ${label}` })) }] : []
  })
  return [{ group: type.plural, items: own }, ...linked].filter(({ items }) => items.length > 0)
}
