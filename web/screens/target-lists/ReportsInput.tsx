/** Chooses reports that name people or companies, several by name. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { listReportSources, listReports } from '../../../src/reports/contract.ts'
import { useLook } from '../../api/client.ts'

export type Chosen = { id: string; name: string | null }
type ReportsInputProps = { value: Chosen[]; onChange: (reports: Chosen[]) => void; label?: string; description?: string; error?: ReactNode }

export function ReportsInput({ value, onChange, label = 'Reports', description, error }: ReportsInputProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 200)
  const found = usePeopleReports(settled)
  const known = new Map([...found, ...value].map((report) => [report.id, report]))
  const data = [...known.values()].map(({ id, name }) => ({ value: id, label: name ?? 'A report that you may not see' }))
  return (
    <MultiSelect label={label} description={description} error={error} required data={data} value={value.map(({ id }) => id)} hidePickedOptions
      searchable searchValue={text} onSearchChange={setText}
      // The server has searched already.
      filter={({ options }) => options} onChange={(ids) => onChange(ids.map((id) => known.get(id)!))}
      placeholder={value.length === 0 ? 'Type to search' : undefined} nothingFoundMessage={settled ? 'No list of people is called that' : 'No report lists people yet: make one in Reports'} />
  )
}

/** Lists, not grids, of what can be in a target list. */
function usePeopleReports(q: string): Chosen[] {
  const sources = useLook(listReportSources).data?.items.filter(({ fillsTargetLists }) => fillsTargetLists).map(({ name }) => name)
  const filter = { and: [{ field: 'kind', op: 'equals', value: 'list' }, { field: 'entityType', op: 'in', value: sources ?? [] }] }
  const found = useLook(listReports, { query: { q, filter, fields: 'name', sort: 'name', limit: 100 } }, { enabled: sources !== undefined && sources.length > 0 })
  return (found.data?.items ?? []).map(({ id, name }) => ({ id: id!, name: name! }))
}
