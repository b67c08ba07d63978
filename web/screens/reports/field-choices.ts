/** The fields of a source as a list to choose from: its own first, then those behind each link. */
import type { ComboboxItem, ComboboxItemGroup } from '@mantine/core'
import type { ReportField, ReportSource } from '../../../src/reports/contract.ts'
import { fieldLabel } from './report-words.ts'

export function fieldChoices(source: ReportSource, fits: (field: ReportField) => boolean, chosen: readonly string[] = []): ComboboxItemGroup<ComboboxItem>[] {
  const fields = source.fields.filter((field) => fits(field) && !chosen.includes(field.key))
  const groups = [...new Set(fields.map(({ through }) => through))]
  return groups.map((through) => ({
    group: through ?? source.plural, items: fields.filter((field) => field.through === through).map((field) => ({ value: field.key, label: fieldLabel(field) })),
  }))
}
