/** The filters of the log beside the action: mass email, link, type, machines, time. */
import { Group, Select } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { useMailableTypes } from '../../api/entity-types.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import type { LogFilter, LogFilterName } from './use-log-filter.ts'

export type Named = { id: string; name: string }
type LogFiltersProps = { filter: LogFilter; onChange: (change: Partial<Record<LogFilterName, string | null>>) => void; massEmails: Named[]; links: Named[] }

const machines = [{ value: 'false', label: 'People only' }, { value: 'true', label: 'Machines only' }]
const tests = [{ value: 'false', label: 'Without tests' }, { value: 'true', label: 'Tests only' }]

export function LogFilters({ filter, onChange, massEmails, links }: LogFiltersProps) {
  const types = useMailableTypes()
  const choices: { name: LogFilterName; label: string; data: { value: string; label: string }[] }[] = [
    { name: 'massEmailId', label: 'Any mass email', data: massEmails.map(({ id, name }) => ({ value: id, label: name })) },
    { name: 'trackingUrlId', label: 'Any link', data: links.map(({ id, name }) => ({ value: id, label: name })) },
    { name: 'entityType', label: 'Any type', data: types.map(({ name, plural }) => ({ value: name, label: plural })) },
    { name: 'machine', label: 'People and machines', data: machines },
    { name: 'test', label: 'With tests', data: tests },
  ]
  return (
    <Group gap="xs">
      <SearchField label="Search name or address" text={filter.q ?? ''} onText={(q) => onChange({ q })} />
      {choices.filter(({ data }) => data.length > 0).map(({ name, label, data }) => (
        <Select key={name} size="sm" w={190} aria-label={label} placeholder={label} clearable allowDeselect data={data} value={filter[name] ?? null} onChange={(value) => onChange({ [name]: value })} />
      ))}
      <DatePickerInput size="sm" w={210} type="range" clearable aria-label="Time" placeholder="Any time" value={[filter.from ?? null, filter.to ?? null]}
        onChange={([from, to]) => onChange({ from, to })} />
    </Group>
  )
}
