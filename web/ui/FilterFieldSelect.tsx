/** Chooses what a new condition is about: own fields, those of linked records, campaign activity, target lists. */
import { type ComboboxItem, type ComboboxItemGroup, Select } from '@mantine/core'
import type { FilterField } from './filter.ts'

type FilterFieldSelectProps = { fields: FilterField[]; label: string; onField: (name: string) => void; start: boolean }

export function FilterFieldSelect({ fields, label, onField, start }: FilterFieldSelectProps) {
  return (
    <Select flex={1} miw={180} label={label} placeholder="Choose a field" searchable maxDropdownHeight={320} value={null} data-autofocus={start || undefined}
      nothingFoundMessage="No field is called that" data={grouped(fields)} onChange={(name) => name && onField(name)} />
  )
}

/** Under the headings they bring, in their order; those without one stand first. */
function grouped(all: FilterField[]) {
  const fields = all.filter(({ hidden }) => !hidden)
  const item = ({ name, label }: FilterField) => ({ value: name, label })
  const groups = [...new Set(fields.map(({ group }) => group))]
  return groups.flatMap((group): (ComboboxItem | ComboboxItemGroup<ComboboxItem>)[] => {
    const items = fields.filter((field) => field.group === group).map(item)
    return group === undefined ? items : [{ group, items }]
  })
}
