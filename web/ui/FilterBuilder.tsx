/** A row of filter chips that read as sentences, and the way into the editor. Chips are joined by "and". */
import { Button, CloseButton, Group } from '@mantine/core'
import { IconFilterPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { FilterEditor } from './FilterEditor.tsx'
import { type Filter, type FilterField, type Group as FilterGroup, type Part, fieldOf } from './filter.ts'
import { chipsOf, conditionsIn, filterOf, rootOf } from './filter-tree.ts'
import { usePartWords } from './filter-words.ts'
import classes from './Filter.module.css'

export type Choice = { value: string; label: string }
export type ValueChoices = {
  /** Possible values of a link, list, campaign … by what somebody types; of a mass email or link only those of the campaign. */
  find?: (field: FilterField, text: string, campaignId?: string) => Promise<Choice[]>
  /** The name of a value that only its id is known of (a shared address). */
  nameOf?: (field: FilterField, value: string) => Promise<string>
  /** What a text field holds already. */
  suggest?: (field: FilterField, text: string) => Promise<string[]>
  /** A value may be left open, to be asked for when a report is run. */
  asks?: boolean
}
/** One and many of what a list holds: "contact", "contacts". */
export type Counted = readonly [one: string, many: string]
const results: Counted = ['result', 'results']
export type Count = (filter: Filter | undefined) => Promise<{ total: number; totalIsEstimate: boolean }>

type FilterBuilderProps = ValueChoices & {
  fields: FilterField[]
  filter: Filter | undefined
  onFilter: (filter: Filter | undefined) => void
  /** How many a filter would find, asked while it is being built. */
  count?: Count
  /** What is counted. */
  what?: Counted
  /** While the editor is open, Escape is its own: a dialog below it must not close as well. */
  onEditing?: (editing: boolean) => void
  children?: ReactNode
}

export function FilterBuilder({ fields, filter, onFilter, count, what = results, onEditing, children, ...choices }: FilterBuilderProps) {
  const root = rootOf(filter)
  const chips = chipsOf(root)
  const [edited, keepEdited] = useState<{ root: FilterGroup; adding: boolean } | null>(null)
  const setEdited = (changed: typeof edited) => { keepEdited(changed); onEditing?.(changed !== null) }
  const drop = (index: number) => onFilter(filterOf({ match: 'all', parts: chips.toSpliced(index, 1) }))
  const apply = (changed: FilterGroup) => { setEdited(null); onFilter(filterOf(changed)) }
  return (
    <Group gap={8} role="group" aria-label="Filters" miw={0}>
      {children}
      {chips.map((part, index) => (
        <Chip key={index} part={part} fields={fields} choices={choices} onOpen={() => setEdited({ root, adding: false })} onDrop={() => drop(index)} />
      ))}
      <Button size="sm" fw={500} variant="default" leftSection={<IconFilterPlus size={16} aria-hidden />}
        onClick={() => setEdited({ root: root.match === 'all' ? root : { match: 'all', parts: [root] }, adding: true })}>Add filter</Button>
      {chips.length > 1 && <Button size="compact-sm" variant="subtle" onClick={() => onFilter(undefined)}>Clear all</Button>}
      {edited && <FilterEditor fields={fields} {...edited} onApply={apply} onClose={() => setEdited(null)} count={count} what={what} {...choices} />}
    </Group>
  )
}

type ChipProps = { part: Part; fields: FilterField[]; choices: ValueChoices; onOpen: () => void; onDrop: () => void }

function Chip({ part, fields, choices, onOpen, onDrop }: ChipProps) {
  const words = usePartWords(part, fields, choices)
  const gone = conditionsIn(part).some(({ name }) => fieldOf(fields, name).type === 'gone')
  return (
    <span className={classes['chip']} data-gone={gone || undefined}>
      <button type="button" className={classes['words']} title={words} onClick={onOpen}>{words}</button>
      <CloseButton size={24} aria-label={`Remove filter: ${words}`} onClick={onDrop} />
    </span>
  )
}
