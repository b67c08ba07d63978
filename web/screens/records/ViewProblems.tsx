/** A view that asks for what is no longer there says so, and opens without it when asked. Nobody shall mail more people than he meant because a condition fell away unseen. */
import { Alert, Button, List, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { SavedView } from '../../api/saved-views.ts'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { conditionsIn, filterOf, pruned, rootOf } from '../../ui/filter-tree.ts'

type ViewProblemsProps = { view: SavedView; fields: FilterField[]; filter: Filter | undefined; onFilter: (filter: Filter | undefined) => void }

export function ViewProblems({ view, fields, filter, onFilter }: ViewProblemsProps) {
  if (view.problems.length === 0) return null
  const known = ({ name }: { name: string }) => fields.some((field) => field.name === name)
  const asksForGone = filter !== undefined && !conditionsIn(rootOf(filter)).every(known)
  const without = () => { const rest = pruned(rootOf(filter), known); onFilter(rest && filterOf(rest)) }
  return (
    <Alert mx="md" mb="sm" color="lamp" icon={<IconAlertTriangle size={18} />} title={`${view.name} asks for something that is no longer there`}>
      <List size="sm">{view.problems.map(({ path, message }) => <List.Item key={path}>{message}</List.Item>)}</List>
      {asksForGone
        ? <Button mt="xs" size="compact-sm" variant="default" onClick={without}>Open it without that</Button>
        : <Text size="sm" mt={4}>The list is shown without it. Save the view to keep it so.</Text>}
    </Alert>
  )
}
