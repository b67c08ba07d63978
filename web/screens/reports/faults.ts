/** What the server finds wrong with a report, by the place of the builder that it names. */
import { ApiError } from '../../api/problem.ts'

type Fault = { path: string; message: string }
export type Faults = { of: (place: string) => string | undefined; byField: Record<string, string> }

/** `problems`: those that the report had when it was opened; they hold until something is changed. */
export function faultsOf(preview: unknown, saving: unknown, problems: readonly Fault[], untouched: boolean): Faults {
  const of = (error: unknown): Fault[] => (error instanceof ApiError ? error.errors : [])
  const faults = [...of(saving), ...of(preview), ...(untouched ? problems : [])]
  const place = (path: string) => path.split(/[.[]/)[0]!
  return {
    of: (wanted) => [...new Set(faults.filter(({ path }) => place(path) === wanted).map(({ message }) => message))].join(' ') || undefined,
    byField: Object.fromEntries(faults.toReversed().map(({ path, message }) => [path, message])),
  }
}

const places: Record<string, string> = {
  entityType: 'What it is about', filter: 'Which ones', questions: 'Questions', columns: 'Columns', groupBy: 'Group by', aggregates: 'Values', having: 'Only groups where', sort: 'Order', chart: 'Chart',
}
/** `filter.and.0.field` → `Which ones`: as the builder calls it. */
export const placeWords = (path: string): string => places[path.split(/[.[]/)[0]!] ?? path
/** Whether the builder shows it where it is. */
export const hasPlace = ({ path }: Fault): boolean => path.split(/[.[]/)[0]! in places
