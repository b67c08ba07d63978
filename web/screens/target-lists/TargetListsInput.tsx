/** Chooses several target lists by name. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { listTargetLists } from '../../../src/audience/contract.ts'
import { useLook } from '../../api/client.ts'
import { nameOfOne } from '../../api/find.ts'

type TargetListsInputProps = {
  label: string
  description?: string
  placeholder?: string
  value?: string[]
  onChange?: (ids: string[]) => void
  error?: ReactNode
  required?: boolean
  disabled?: boolean
}

export function TargetListsInput({ value = [], onChange, ...input }: TargetListsInputProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 200)
  const found = useLook(listTargetLists, { query: { q: settled, fields: 'name', sort: 'name', limit: 100 } })
  const names = useNamesOf(value)
  const options = new Map([...value.map((id, index) => [id, names[index] ?? '…'] as const), ...(found.data?.items ?? []).map(({ id, name }) => [id!, name!] as const)])
  return (
    <MultiSelect {...input} searchable searchValue={text} onSearchChange={setText} hidePickedOptions data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      // The server has searched already.
      filter={({ options }) => options} value={value} onChange={onChange} nothingFoundMessage={settled ? 'No target list is called that' : 'No target lists yet'}
      placeholder={value.length === 0 ? input.placeholder : undefined} />
  )
}

/** Lists chosen earlier may not be among those found now. */
function useNamesOf(ids: string[]): (string | undefined)[] {
  return useQueries({ queries: ids.map((id) => ({ queryKey: ['name of target list', id], queryFn: () => nameOfOne('target-lists', id), staleTime: 60_000 })) })
    .map(({ data }) => data)
}
