/** Where a row of a report leads: to its record, or to the record that a delivery or log entry stands for. */
import type { ReportSource } from '../../../src/reports/contract.ts'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import type { Row } from './list-columns.tsx'

export function useRecordAddress({ slug }: ReportSource): (row: Row) => string | undefined {
  const types = useEntityTypes()
  if (slug) return ({ id }) => paths.record(slug, id)
  return ({ entityType, recordId }) => {
    const type = typeof entityType === 'string' ? byName(types, entityType) : undefined
    return type && typeof recordId === 'string' ? paths.record(type.slug, recordId) : undefined
  }
}
