/** The value of a condition, by the type of its field and what the condition asks for. */
import { Group, MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ValueChoices } from './FilterBuilder.tsx'
import { type FilterField, type Leaf, operatorOf } from './filter.ts'

type FilterValueProps = ValueChoices & { field: FilterField; leaf: Leaf; onValue: (value: unknown) => void }

export function FilterValue({ field, leaf, onValue, find }: FilterValueProps) {
  const kind = operatorOf(field.type, leaf.op)?.value ?? 'one'
  if (kind === 'none') return null
  if (kind === 'number') return <NumberInput label="Days" min={1} allowDecimal={false} value={Number(leaf.value ?? '') || ''} onChange={(days) => onValue(days === '' ? undefined : Number(days))} />
  if (kind === 'many') return <Many field={field} leaf={leaf} onValue={onValue} {...(find && { find })} />
  if (kind === 'two') return <Two field={field} leaf={leaf} onValue={onValue} />
  return <One field={field} label="Value" value={leaf.value} onValue={onValue} />
}

const inputTypes: Record<string, string> = { date: 'date', dateTime: 'date', email: 'text', url: 'text' }
const isNumber = (type: string) => ['integer', 'decimal', 'currency'].includes(type)

function One({ field, label, value, onValue }: { field: FilterField; label: string; value: unknown; onValue: (value: unknown) => void }) {
  return isNumber(field.type)
    ? <NumberInput label={label} value={(value as number | undefined) ?? ''} allowDecimal={field.type !== 'integer'} onChange={(number) => onValue(number === '' ? undefined : Number(number))} />
    : <TextInput label={label} type={inputTypes[field.type] ?? 'text'} value={(value as string | undefined) ?? ''} onChange={(event) => onValue(event.currentTarget.value)} />
}

function Two({ field, leaf, onValue }: Omit<FilterValueProps, 'find' | 'nameOf'>) {
  const [from, to] = (leaf.value as unknown[] | undefined) ?? []
  return (
    <Group grow align="flex-start">
      <One field={field} label="From" value={from} onValue={(value) => onValue([value, to])} />
      <One field={field} label="To (inclusive)" value={to} onValue={(value) => onValue([from, value])} />
    </Group>
  )
}

function Many({ field, leaf, onValue, find }: FilterValueProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 250)
  const found = useQuery({ queryKey: ['filter values', field.name, settled], queryFn: () => find!(field, settled), enabled: Boolean(find) && !field.options })
  const [known, setKnown] = useState<{ value: string; label: string }[]>([])
  const offered = field.options ? field.options.map((option) => (typeof option === 'string' ? { value: option, label: option } : option)) : found.data ?? []
  const chosen = (leaf.value as string[] | undefined) ?? []
  const data = [...offered, ...known.filter(({ value }) => chosen.includes(value) && !offered.some((option) => option.value === value))]
  const choose = (values: string[]) => { setKnown(data.filter(({ value }) => values.includes(value))); onValue(values) }
  return (
    <MultiSelect label="Any of these" searchable data={data} value={chosen} onChange={choose} searchValue={text} onSearchChange={setText}
      comboboxProps={{ withinPortal: false }} maxDropdownHeight={200} nothingFoundMessage="Nothing found" {...(!field.options && { filter: ({ options }) => options })} />
  )
}
