/** Chooses several target lists by name. */
import type { ReactNode } from 'react'
import { listTargetLists } from '../../../src/audience/contract.ts'
import { useLook } from '../../api/client.ts'
import { useNamed } from '../../api/names.ts'
import { ManyPicker, useSearchText } from '../../ui/ManyPicker.tsx'

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

export function TargetListsInput({ value = [], ...input }: TargetListsInputProps) {
  const { settled, search } = useSearchText()
  const found = useLook(listTargetLists, { query: { q: settled, fields: 'name', sort: 'name', limit: 100 } }).data?.items ?? []
  return <ManyPicker {...input} search={search} found={found.map(({ id, name }) => ({ id: id!, name: name! }))} chosen={useNamed('target-lists', value)} nothingFound={settled ? 'No target list is called that' : 'No target lists yet'} />
}
