/** Chooses several of many things by name: what is typed is searched for on the server. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'

type Choice = { id: string; name: string }

/** `settled` is what to search for once somebody pauses; `search` goes to the picker. */
export function useSearchText() {
  const [text, onText] = useState('')
  const [settled] = useDebouncedValue(text, 200)
  return { settled, search: { text, onText } }
}

type ManyPickerProps = {
  label: string
  description?: string | undefined
  placeholder?: string | undefined
  error?: ReactNode
  required?: boolean
  disabled?: boolean
  most?: number
  search: { text: string; onText: (text: string) => void }
  found: readonly Choice[]
  /** What was chosen earlier may not be among what is found now. */
  chosen: readonly Choice[]
  onChange?: ((ids: string[]) => void) | undefined
  nothingFound: string
}

export function ManyPicker({ search: { text, onText }, found, chosen, onChange, placeholder, most, nothingFound, ...input }: ManyPickerProps) {
  const options = new Map([...chosen, ...found].map(({ id, name }) => [id, name]))
  return (
    <MultiSelect {...input} searchable searchValue={text} onSearchChange={onText} hidePickedOptions maxValues={most} data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      // The server has searched already.
      filter={({ options: all }) => all} value={chosen.map(({ id }) => id)} onChange={onChange} nothingFoundMessage={nothingFound} placeholder={chosen.length === 0 ? placeholder : undefined} />
  )
}
