/** Takes filter and search from a saved view, where a list is a means and not the page itself. */
import { Select } from '@mantine/core'
import type { EntityType } from '../../api/entity-types.ts'
import { type SavedView, useSavedViews } from '../../api/saved-views.ts'

export function ViewSelect({ type, onView }: { type: EntityType; onView: (view: SavedView) => void }) {
  const views = useSavedViews(type.name).filter(({ problems }) => problems.length === 0)
  if (views.length === 0) return null
  const take = (id: string | null) => { const view = views.find((each) => each.id === id); if (view) onView(view) }
  return <Select aria-label="Take from a saved view" placeholder="Saved view" w={180} value={null} data={views.map(({ id, name }) => ({ value: id, label: name }))} onChange={take} />
}
