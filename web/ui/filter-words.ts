/** A chip's conditions as a person would say them: "City contains Berlin or is empty". */
import { useQuery } from '@tanstack/react-query'
import type { ValueChoices } from './FilterBuilder.tsx'
import { fieldOf, nameOf } from './FilterEditor.tsx'
import { type Chip, type FilterField, type Leaf, operatorOf } from './filter.ts'

/** Values that are ids get their names as soon as those are known. */
export function useConditionWords(chip: Chip | undefined, fields: FilterField[], choices: ValueChoices): string {
  const names = useQuery({
    queryKey: ['filter value names', chip],
    queryFn: () => namesIn(chip!, fields, choices),
    enabled: chip !== undefined && choices.nameOf !== undefined && chip.conditions.some((leaf) => hasIds(fieldOf(fields, nameOf(leaf)))),
    staleTime: 60_000,
  })
  return chip ? conditionWords(chip, fields, names.data ?? {}) : ''
}

export function conditionWords(chip: Chip, fields: FilterField[], names: Record<string, string> = {}): string {
  const words = chip.conditions.map((leaf) => leafWords(leaf, fieldOf(fields, nameOf(leaf)), names)).join(' or ')
  return chip.not ? `Not: ${words}` : words
}

const hasIds = ({ type, options }: FilterField) => !options && ['link', 'linkMultiple', 'targetList'].includes(type)

async function namesIn(chip: Chip, fields: FilterField[], { nameOf: look }: ValueChoices): Promise<Record<string, string>> {
  const wanted = chip.conditions.flatMap((leaf) => {
    const field = fieldOf(fields, nameOf(leaf))
    return hasIds(field) && Array.isArray(leaf.value) ? leaf.value.map((value) => [field, String(value)] as const) : []
  })
  return Object.fromEntries(await Promise.all(wanted.map(async ([field, value]) => [value, await look!(field, value)] as const)))
}

function leafWords(leaf: Leaf, field: FilterField, names: Record<string, string>): string {
  const operator = operatorOf(field.type, leaf.op)
  const words = operator?.words ?? leaf.op
  if (operator?.value === 'number') return `${field.label} ${words.replace('days', `${leaf.value} days`)}`
  return [field.label, words, valueWords(leaf.value, field, names)].filter(Boolean).join(' ')
}

function valueWords(value: unknown, field: FilterField, names: Record<string, string>): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map((part) => valueWords(part, field, names)).join(', ')
  const option = field.options?.find((option) => typeof option !== 'string' && option.value === value)
  return (typeof option === 'object' ? option.label : names[String(value)]) ?? String(value)
}
