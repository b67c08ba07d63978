/** One group of conditions: how they are joined, each of them, and the ways to add more. A group may stand in a group. */
import { Button, CloseButton, Group, Select, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ValueChoices } from './FilterBuilder.tsx'
import { FilterCondition } from './FilterCondition.tsx'
import { FilterFieldSelect } from './FilterFieldSelect.tsx'
import { type FilterField, type Group as FilterGroupValue, type Match, type Part, fieldOf, firstCondition, isGroup } from './filter.ts'
import classes from './Filter.module.css'

type FilterGroupProps = {
  group: FilterGroupValue
  onGroup: (group: FilterGroupValue) => void
  onRemove?: () => void
  depth: number
  /** The keyboard begins where a condition is added. */
  adding?: boolean
  fields: FilterField[]
  choices: ValueChoices
}

/** Nobody understands a filter that is deeper; one that came from elsewhere is still shown. */
const deepest = 3

const matches: { value: Match; label: string }[] = [
  { value: 'all', label: 'All of these are so' }, { value: 'any', label: 'Any of these is so' },
  { value: 'none', label: 'None of these is so' }, { value: 'notAll', label: 'Not all of these are so' },
]

export function FilterGroup({ group, onGroup, onRemove, depth, adding = false, ...rest }: FilterGroupProps) {
  const { fields } = rest
  const [fresh, setFresh] = useState(-1)
  const { match, parts } = group
  const put = (index: number, part: Part) => onGroup({ match, parts: parts.with(index, part) })
  const drop = (index: number) => onGroup({ match, parts: parts.toSpliced(index, 1) })
  const add = (part: Part) => { setFresh(parts.length); onGroup({ match, parts: [...parts, part] }) }
  const asks = depth > 0 || parts.length > 1 || match === 'none' || match === 'notAll'
  return (
    <Stack gap={8} className={depth > 0 ? classes['group'] : undefined} role="group" aria-label={depth > 0 ? 'Group of conditions' : 'Conditions'}>
      {asks && (
        <Group gap={8} wrap="nowrap">
          <Select size="xs" flex={1} maw={240} aria-label="How the conditions are joined" data={matches} value={match} onChange={(value) => onGroup({ match: value as Match, parts })} />
          {onRemove && <CloseButton size="sm" aria-label="Remove this group" onClick={onRemove} />}
        </Group>
      )}
      {parts.map((part, index) => (
        <Stack gap={6} key={index}>
          {index > 0 && <span className={classes['joint']}>{match === 'any' || match === 'none' ? 'or' : 'and'}</span>}
          {isGroup(part)
            ? <FilterGroup group={part} onGroup={(changed) => put(index, changed)} onRemove={() => drop(index)} depth={depth + 1} {...rest} />
            : <FilterCondition condition={part} onCondition={(changed) => put(index, changed)} onRemove={() => drop(index)} fresh={index === fresh} fields={fields} choices={rest.choices} />}
        </Stack>
      ))}
      <Group gap={8} align="flex-end">
        <FilterFieldSelect key={parts.length} fields={fields} label={parts.length === 0 && depth === 0 ? 'What to filter by' : 'Add a condition'} start={parts.length === 0 || adding}
          onField={(name) => add(firstCondition(fieldOf(fields, name)))} />
        {depth < deepest && (parts.length > 0 || depth === 0) && (
          <Button variant="subtle" size="sm" px="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add({ match: match === 'any' ? 'all' : 'any', parts: [] })}>Group</Button>
        )}
      </Group>
    </Stack>
  )
}
