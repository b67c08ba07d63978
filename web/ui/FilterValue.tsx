/** The value of a condition, by the type of its field and what the condition asks for. */
import { Autocomplete, Button, Group, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isNumber, isTime } from '../../src/listing/field-kinds.ts'
import type { ValueChoices } from './FilterBuilder.tsx'
import { FilterChoices } from './FilterChoices.tsx'
import type { FilterField, ValueKind } from './filter.ts'
import { hasIds } from './filter-words.ts'

export type FilterValueProps = ValueChoices & { field: FilterField; kind: ValueKind; value: unknown; onValue: (value: unknown) => void; fresh: boolean }

export function FilterValue(props: FilterValueProps) {
  const { field, kind } = props
  if (kind === 'none') return null
  if (kind === 'days') return <Days {...props} />
  if (kind === 'two') return <Two {...props} />
  if (kind === 'many') return field.options || hasIds(field) ? <FilterChoices {...props} /> : <Words {...props} />
  return <One {...props} label={`Value for ${field.label}`} />
}

const dayOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : '')

function One({ field, label, value, onValue, fresh, suggest }: Omit<FilterValueProps, 'kind'> & { label: string }) {
  if (isNumber(field.type)) {
    return <NumberInput aria-label={label} autoFocus={fresh} value={typeof value === 'number' ? value : ''} allowDecimal={field.type !== 'integer'} onChange={(number) => onValue(number === '' ? undefined : Number(number))} />
  }
  if (isTime(field.type)) return <TextInput aria-label={label} autoFocus={fresh} type="date" value={dayOf(value)} onChange={(event) => onValue(event.currentTarget.value)} />
  return <WithSuggestions field={field} label={label} value={String(value ?? '')} onValue={onValue} fresh={fresh} suggest={suggest} />
}

type WithSuggestionsProps = { field: FilterField; label: string; value: string; onValue: (value: unknown) => void; fresh: boolean; suggest: ValueChoices['suggest'] }

function WithSuggestions({ field, label, value, onValue, fresh, suggest }: WithSuggestionsProps) {
  const suggestions = useSuggestions(field, value, suggest)
  return <Autocomplete aria-label={label} autoFocus={fresh} value={value} data={suggestions} filter={({ options }) => options} onChange={onValue} selectFirstOptionOnChange={false} />
}

function Words({ field, value, onValue, fresh, suggest }: FilterValueProps) {
  const [text, setText] = useState('')
  const suggestions = useSuggestions(field, text, suggest)
  return (
    <TagsInput aria-label={`Values for ${field.label}`} placeholder="Type, then Enter" autoFocus={fresh} value={((value as unknown[] | undefined) ?? []).map(String)} onChange={onValue} data={suggestions}
      filter={({ options }) => options} searchValue={text} onSearchChange={setText} acceptValueOnBlur splitChars={[';']} clearable />
  )
}

/** Only where somebody offered to suggest, and for words: nobody needs a list of all addresses. */
function useSuggestions(field: FilterField, text: string, suggest: ValueChoices['suggest']): string[] {
  const [settled] = useDebouncedValue(text, 250)
  const found = useQuery({
    queryKey: ['suggested values', field.name, settled], queryFn: () => suggest!(field, settled), placeholderData: (before) => before, staleTime: 60_000, retry: false,
    enabled: suggest !== undefined && ['text', 'phone', 'url'].includes(field.type),
  })
  return found.data ?? []
}

function Two({ field, value, onValue, fresh }: FilterValueProps) {
  const [from, to] = (value as unknown[] | undefined) ?? []
  return (
    <Stack gap={8}>
      <One field={field} label={`${field.label} from`} value={from} onValue={(changed) => onValue([changed, to])} fresh={fresh} />
      <One field={field} label={`${field.label} to, inclusive`} value={to} onValue={(changed) => onValue([from, changed])} fresh={false} />
    </Stack>
  )
}

const usualDays = [7, 30, 90, 365]

function Days({ field, value, onValue, fresh }: FilterValueProps) {
  return (
    <Stack gap={6}>
      <NumberInput aria-label={`Days for ${field.label}`} suffix=" days" min={0} max={36_525} allowDecimal={false} autoFocus={fresh} value={typeof value === 'number' ? value : ''}
        onChange={(days) => onValue(days === '' ? undefined : Number(days))} />
      <Group gap={4}>
        {usualDays.map((days) => <Button key={days} size="compact-xs" variant={value === days ? 'light' : 'default'} aria-pressed={value === days} onClick={() => onValue(days)}>{days}</Button>)}
      </Group>
    </Stack>
  )
}
