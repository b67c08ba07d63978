/** Builds one chip: field, condition, value; "or" for further ones; how many it finds, live. */
import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FilterChipProps } from './FilterChip.tsx'
import { FilterValue } from './FilterValue.tsx'
import { type Chip, type FilterField, type Leaf, isComplete, operatorOf, operatorsOf } from './filter.ts'
import { counted } from './words.ts'
import classes from './FilterChip.module.css'

type FilterEditorProps = Omit<FilterChipProps, 'onChip'> & { onApply: (chip: Chip) => void }

export function FilterEditor({ fields, chip, onApply, count, ...choices }: FilterEditorProps) {
  const [draft, setDraft] = useState<Chip>(chip ?? { conditions: [], not: false })
  const put = (index: number, leaf: Leaf) => setDraft({ ...draft, conditions: draft.conditions.with(index, leaf) })
  const complete = draft.conditions.length > 0 && draft.conditions.every((leaf) => isComplete(leaf, typeOf(fields, leaf)))
  const add = (name: string) => setDraft({ ...draft, conditions: [...draft.conditions, firstCondition(fieldOf(fields, name))] })
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (complete) onApply(draft) }}>
      <Stack gap="sm">
        {draft.conditions.map((leaf, index) => (
          <Stack key={index} gap={6}>
            {index > 0 && <span className={classes['or']}>or</span>}
            <Condition fields={fields} leaf={leaf} onLeaf={(changed) => put(index, changed)} {...choices} />
          </Stack>
        ))}
        <FieldSelect fields={fields} label={draft.conditions.length === 0 ? 'Field' : 'Or where'} onField={add} key={draft.conditions.length} />
        {draft.conditions.length > 0 && <Checkbox label="Leave these out instead" checked={draft.not} onChange={() => setDraft({ ...draft, not: !draft.not })} />}
        <Group justify="space-between">
          {count && complete ? <LiveCount draft={draft} count={count} /> : <span />}
          <Button type="submit" disabled={!complete}>Apply</Button>
        </Group>
      </Stack>
    </form>
  )
}

function Condition({ fields, leaf, onLeaf, ...choices }: Omit<FilterEditorProps, 'chip' | 'onApply' | 'count'> & { leaf: Leaf; onLeaf: (leaf: Leaf) => void }) {
  const field = fieldOf(fields, nameOf(leaf))
  const changeOperator = (op: string) => {
    const sameKind = operatorOf(field.type, op)?.value === operatorOf(field.type, leaf.op)?.value
    onLeaf({ ...leaf, op, value: sameKind ? leaf.value : undefined })
  }
  return (
    <Stack gap={8} className={classes['condition']}>
      <Select aria-label={`Condition on ${field.label}`} label={field.label} value={leaf.op} comboboxProps={{ withinPortal: false }}
        data={operatorsOf(field.type).map(({ op, words }) => ({ value: op, label: words }))} onChange={(op) => op && changeOperator(op)} />
      <FilterValue field={field} leaf={leaf} onValue={(value) => onLeaf({ ...leaf, value })} {...choices} />
    </Stack>
  )
}

function FieldSelect({ fields, label, onField }: { fields: FilterField[]; label: string; onField: (name: string) => void }) {
  return (
    <Select label={label} placeholder="Choose a field" searchable comboboxProps={{ withinPortal: false }} maxDropdownHeight={220} value={null}
      data={fields.map(({ name, label }) => ({ value: name, label }))} onChange={(name) => name && onField(name)} />
  )
}

function LiveCount({ draft, count }: { draft: Chip; count: NonNullable<FilterChipProps['count']> }) {
  const [settled] = useDebouncedValue(draft, 300)
  const answer = useQuery({ queryKey: ['filter count', settled], queryFn: () => count(settled), staleTime: 10_000 })
  if (!answer.data) return <Text size="sm" c="dimmed">Counting…</Text>
  const { total, totalIsEstimate } = answer.data
  return <Text size="sm" c="dimmed" aria-live="polite">{totalIsEstimate && 'about '}{counted(total, 'result')}</Text>
}

const membership = 'targetList'
export const nameOf = (leaf: Leaf): string => leaf.field ?? membership
export const fieldOf = (fields: FilterField[], name: string): FilterField =>
  fields.find((field) => field.name === name) ?? { name, label: name, type: name === membership ? membership : 'text' }
const typeOf = (fields: FilterField[], leaf: Leaf): string => fieldOf(fields, nameOf(leaf)).type

/** Membership of a target list has no field (the filter language names the list only). */
function firstCondition(field: FilterField): Leaf {
  const op = operatorsOf(field.type)[0]!.op
  return field.type === membership ? { op } : { field: field.name, op }
}
