/** What a report's filter is built of: of records as their lists are filtered, of deliveries and the log by the fields that reports know of them. */
import { type ReactNode, useMemo } from 'react'
import type { ReportField, ReportSource } from '../../../src/reports/contract.ts'
import { type EntityType, byName, useEntityTypes } from '../../api/entity-types.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import type { ValueChoices } from '../../ui/FilterBuilder.tsx'
import type { FilterField } from '../../ui/filter.ts'
import { inWords } from '../../ui/words.ts'
import { useRecordFilter } from '../records/record-filter.ts'
import { fieldLabel } from './report-words.ts'

export type FilterParts = ValueChoices & { fields: FilterField[] }
type WithFilterProps = { source: ReportSource; children: (parts: FilterParts) => ReactNode }

export function WithFilter({ source, children }: WithFilterProps) {
  const type = byName(useEntityTypes(), source.name)
  return type ? <OfRecords key={type.name} type={type}>{children}</OfRecords> : <OfSource source={source}>{children}</OfSource>
}

function OfRecords({ type, children }: { type: EntityType; children: WithFilterProps['children'] }) {
  const { count: _, ...parts } = useRecordFilter(type, '')
  return children(parts)
}

function OfSource({ source, children }: WithFilterProps) {
  const types = useEntityTypes()
  return children(useMemo(() => ({ fields: source.fields.map((field) => asFilterField(field, source)), ...choicesOf(source, types) }), [source, types]))
}

const asFilterField = (field: ReportField, source: ReportSource): FilterField => ({
  name: field.key, label: fieldLabel(field), type: field.type, group: field.through ?? source.plural,
  // Codes of the product (`optedOut`) are said in words; those of companies stay as they are.
  ...(field.options && { options: field.options.map((option) => ({ value: option, label: inWords(option) })) }),
})

/** Where things are found by name that are no records. */
const resources: Record<string, string> = {
  Campaign: 'campaigns', MassEmail: 'mass-emails', TrackingUrl: 'tracking-urls', TargetList: 'target-lists', EmailTemplate: 'email-templates', Team: 'teams', Role: 'roles',
}

function choicesOf(source: ReportSource, types: EntityType[]): ValueChoices {
  const resourceOf = ({ name }: FilterField) => {
    const target = source.fields.find(({ key }) => key === name)?.linksTo ?? ''
    return resources[target] ?? byName(types, target)?.slug ?? 'users'
  }
  return {
    find: async (field, text) => (await finder(resourceOf(field))(text)).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (field, id) => nameOfOne(resourceOf(field), id),
  }
}
