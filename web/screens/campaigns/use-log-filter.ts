/** Which part of the log is shown: in the address, so that a link from any number leads to exactly its entries. */
import { useSearchParams } from 'react-router'
import type { LogAction } from './log-actions.ts'

export const logFilterNames = ['action', 'massEmailId', 'trackingUrlId', 'entityType', 'machine', 'test', 'from', 'to', 'q'] as const
export type LogFilterName = (typeof logFilterNames)[number]
export type LogFilter = Partial<Record<LogFilterName, string>> & { action?: LogAction }

export function useLogFilter() {
  const [search, setSearch] = useSearchParams()
  const filter = Object.fromEntries(logFilterNames.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : []))) as LogFilter
  const set = (change: Partial<Record<LogFilterName, string | null>>) => setSearch((before) => {
    const after = new URLSearchParams(before)
    for (const [name, value] of Object.entries(change)) {
      if (value) after.set(name, value)
      else after.delete(name)
    }
    return after
  }, { replace: true, preventScrollReset: true })
  return { filter, set }
}

/** The day fields hold days of the reader; the log is asked for instants. */
export function logQuery({ from, to, ...rest }: LogFilter): Record<string, string | undefined> {
  return {
    ...rest,
    from: from && new Date(`${from}T00:00`).toISOString(),
    to: to && new Date(`${to}T23:59:59.999`).toISOString(),
  }
}
