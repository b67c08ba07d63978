/** The categories that reports have. */
import * as api from '../../../src/reports/contract.ts'
import { useLook } from '../../api/client.ts'

export function useCategories(): string[] {
  const reports = useLook(api.listReports, { query: { limit: 200, fields: 'category', sort: 'category' } })
  return [...new Set((reports.data?.items ?? []).map(({ category }) => category ?? '').filter(Boolean))]
}
