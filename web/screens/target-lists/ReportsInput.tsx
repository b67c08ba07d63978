/** Chooses reports that name people or companies, several by name. */
import type { ReactNode } from 'react'
import { listReportSources, listReports } from '../../../src/reports/contract.ts'
import { useLook } from '../../api/client.ts'
import { ManyPicker, useSearchText } from '../../ui/ManyPicker.tsx'

export type Chosen = { id: string; name: string | null }
type ReportsInputProps = { value: Chosen[]; onChange: (reports: Chosen[]) => void; label?: string; description?: string; error?: ReactNode }

export function ReportsInput({ value, onChange, label = 'Reports', ...input }: ReportsInputProps) {
  const { settled, search } = useSearchText()
  const found = usePeopleReports(settled)
  const known = new Map([...found, ...value].map((report) => [report.id, report]))
  return (
    <ManyPicker {...input} label={label} required search={search} found={found} chosen={value.map(({ id, name }) => ({ id, name: name ?? 'A report that you may not see' }))}
      onChange={(ids) => onChange(ids.map((id) => known.get(id)!))} placeholder="Type to search" nothingFound={settled ? 'No list of people is called that' : 'No report lists people yet: make one in Reports'} />
  )
}

/** Lists, not grids, of what can be in a target list. */
function usePeopleReports(q: string): { id: string; name: string }[] {
  const sources = useLook(listReportSources).data?.items.filter(({ fillsTargetLists }) => fillsTargetLists).map(({ name }) => name)
  const filter = { and: [{ field: 'kind', op: 'equals', value: 'list' }, { field: 'entityType', op: 'in', value: sources ?? [] }] }
  const found = useLook(listReports, { query: { q, filter, fields: 'name', sort: 'name', limit: 100 } }, { enabled: sources !== undefined && sources.length > 0 })
  return (found.data?.items ?? []).map(({ id, name }) => ({ id: id!, name: name! }))
}
