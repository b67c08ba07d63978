/** What a list of records shows: view, filter, text and sort from the address; columns from there, the view, the person's choice, or else the layout. */
import { useSearchParams } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { type SavedView, useChosenColumns, useSavedViews } from '../../api/saved-views.ts'
import type { Filter } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { addressOf, isChanged, newestFirst } from './view-address.ts'

export function useListState(type: EntityType) {
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', newestFirst)
  const [, setSearch] = useSearchParams()
  const views = useSavedViews(type.name)
  const [viewId] = useUrlText('view')
  const view = views.find(({ id }) => id === viewId)
  const columns = useColumns(type, view)
  const shown = { filter, q: text, sort, columns: columns.columns }
  return {
    filter, setFilter, text, setText, sort, setSort, ...columns, shown, views, view, changed: view !== undefined && isChanged(view, { ...shown, ownColumns: columns.own }),
    open: (chosen: SavedView | undefined) => setSearch(chosen ? addressOf(chosen) : {}),
    clear: () => setSearch({}, { replace: true }),
  }
}

export type ListState = ReturnType<typeof useListState>

/** What one changes in a view stays in the address until it is saved; without a view it is one's own choice, kept. */
function useColumns(type: EntityType, view: SavedView | undefined) {
  const { items } = useLayout(type.name, 'list')
  const [chosen, choose] = useChosenColumns(type.name)
  const [own, setOwn] = useUrlText('columns')
  const asked = own ? own.split(',') : view && view.columns.length > 0 ? view.columns : chosen ?? items
  const known = asked.filter((name) => type.fields.some((field) => field.name === name))
  return {
    columns: known.length > 0 ? known : items,
    own: own !== '',
    setColumns: (names: string[]) => (view ? setOwn(names.join(',')) : choose(names)),
    /** Back to the layout, where one chose something else. */
    resetColumns: view ? (own ? () => setOwn('') : undefined) : (chosen ? () => choose(null) : undefined),
  }
}
