/** What a list of records shows: filter, text and sort from the address, columns from this browser. */
import { useLocalStorage } from '@mantine/hooks'
import { useSearchParams } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import type { Filter } from '../../ui/filter.ts'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'

export const newestFirst = '-createdAt'

export function useListState(type: EntityType) {
  const [filter, setFilter] = useUrlJson<Filter | undefined>('filter', undefined)
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', newestFirst)
  const [columns, setColumns] = useLocalStorage({ key: `tidings-columns-${type.slug}`, defaultValue: usualColumns(type), getInitialValueInEffect: false })
  const [, setSearch] = useSearchParams()
  const clear = () => setSearch({}, { replace: true })
  return { filter, setFilter, text, setText, sort, setSort, columns, setColumns, clear }
}

export type ListState = ReturnType<typeof useListState>

const wanted = ['name', 'emailAddress', 'userName', 'type', 'title', 'accountId', 'status', 'accountName', 'industry', 'addressCity', 'billingAddressCity', 'createdAt']

/** What most people look for, as far as the type has it. */
export function usualColumns(type: EntityType): string[] {
  const names = new Set(type.fields.map(({ name }) => name))
  return wanted.filter((name) => names.has(name)).slice(0, 6)
}
