/** The whole filter in a drawer: conditions and groups, how many it finds while it is being built, and the button that shows them. */
import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Count, Counted, ValueChoices } from './FilterBuilder.tsx'
import { FilterGroup } from './FilterGroup.tsx'
import { type Filter, type FilterField, type Group as FilterRoot, fieldOf, isComplete } from './filter.ts'
import { conditionsIn, filterOf } from './filter-tree.ts'
import { ReasonButton } from './ReasonButton.tsx'
import { counted } from './words.ts'
import classes from './Filter.module.css'

type FilterEditorProps = ValueChoices & {
  fields: FilterField[]
  root: FilterRoot
  /** Opened to add a condition, not to change one. */
  adding: boolean
  onApply: (root: FilterRoot) => void
  onClose: () => void
  count?: Count | undefined
  what: Counted
}

export function FilterEditor({ fields, root, adding, onApply, onClose, count, what, ...choices }: FilterEditorProps) {
  const [draft, setDraft] = useState(root)
  const narrow = useMediaQuery('(max-width: 48em)')
  const missing = conditionsIn(draft).map((condition) => ({ condition, field: fieldOf(fields, condition.name) })).find(({ condition, field }) => !isComplete(condition, field.type))
  const reason = missing && (missing.field.type === 'gone' ? `${missing.field.label} is no longer there: remove it.` : `Say what ${missing.field.label} is to be.`)
  const apply = () => { if (!reason) onApply(draft) }
  return (
    <Drawer opened onClose={onClose} position="right" size={narrow ? '100%' : 520} title="Filter" closeButtonProps={{ 'aria-label': 'Close' }} overlayProps={{ backgroundOpacity: 0.25 }}>
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); apply() }}>
        <Stack gap="md">
          <FilterGroup group={draft} onGroup={setDraft} depth={0} adding={adding} fields={fields} choices={choices} />
          <div className={classes['foot']}>
            {count && !reason ? <LiveCount filter={filterOf(draft)} count={count} what={what} /> : <Text size="sm" c="dimmed" role="status">{reason}</Text>}
            <Group gap="xs">
              {draft.parts.length > 0 && <Button variant="subtle" onClick={() => setDraft({ match: 'all', parts: [] })}>Clear all</Button>}
              <ReasonButton reason={reason} onClick={apply}>Show results</ReasonButton>
            </Group>
          </div>
          {/* Enter in a field applies, as in any form. */}
          <input type="submit" hidden />
        </Stack>
      </form>
    </Drawer>
  )
}

function LiveCount({ filter, count, what }: { filter: Filter | undefined; count: Count; what: Counted }) {
  const [settled] = useDebouncedValue(JSON.stringify(filter ?? null), 350)
  const answer = useQuery({
    queryKey: ['filter count', what[1], settled], queryFn: () => count((JSON.parse(settled) as Filter | null) ?? undefined), staleTime: 10_000, retry: false,
    placeholderData: (before) => before,
  })
  const waiting = answer.isPlaceholderData || settled !== JSON.stringify(filter ?? null)
  if (answer.error) return <Text size="sm" c="red" role="status">{answer.error.message}</Text>
  if (!answer.data) return <Text size="sm" c="dimmed" role="status">Counting…</Text>
  const { total, totalIsEstimate } = answer.data
  return <Text size="sm" fw={600} c={waiting ? 'dimmed' : undefined} role="status" className="numbers">Finds {totalIsEstimate && 'about '}{counted(total, ...what)}</Text>
}
