/** What a list of records shows: filter, text and sort from the address, columns from this browser or else from the layout. */
import { useLocalStorage } from '@mantine/hooks'
import { useSearchParams } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import type { Filter } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'

export const newestFirst = '-createdAt'

export function useListState(type: EntityType) {
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', newestFirst)
  const { items } = useLayout(type.name, 'list')
  const [columns, setColumns] = useLocalStorage({ key: `tidings-columns-${type.slug}`, defaultValue: items, getInitialValueInEffect: false })
  const [, setSearch] = useSearchParams()
  const clear = () => setSearch({}, { replace: true })
  return { filter, setFilter, text, setText, sort, setSort, columns, setColumns, clear }
}

export type ListState = ReturnType<typeof useListState>
