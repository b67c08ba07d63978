/** Several values out of those there are: options of the field, or records, lists and people by name. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Choice } from './FilterBuilder.tsx'
import type { FilterValueProps } from './FilterValue.tsx'
import { useNames } from './filter-words.ts'

export function FilterChoices({ field, value, onValue, fresh, find, ...choices }: FilterValueProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 250)
  const { options } = field
  const found = useQuery({
    queryKey: ['filter values', field.type, field.name, settled], queryFn: () => find!(field, settled), enabled: find !== undefined && !options, placeholderData: (before) => before,
  })
  const chosen = ((value as unknown[] | undefined) ?? []).map(String)
  const names = useNames(options ? [] : chosen.map((id) => ({ field, id })), choices)
  const offered: Choice[] = options ? options.map((option) => (typeof option === 'string' ? { value: option, label: option } : option)) : found.data ?? []
  const known = chosen.filter((id) => !offered.some((option) => option.value === id)).map((id) => ({ value: id, label: names[id] ?? (options ? id : '…') }))
  return (
    <MultiSelect aria-label={`Values for ${field.label}`} placeholder={chosen.length === 0 ? 'Choose' : undefined} searchable hidePickedOptions autoFocus={fresh} data={[...offered, ...known]} value={chosen}
      onChange={onValue} searchValue={text} onSearchChange={setText} maxDropdownHeight={240} nothingFoundMessage={found.isLoading ? 'Searching…' : 'Nothing found'}
      // The server has searched already.
      {...(!options && { filter: ({ options: shown }) => shown })} />
  )
}
