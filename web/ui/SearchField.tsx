/** Text search that waits until somebody stops typing. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'

type SearchFieldProps = { label: string; text: string; onText: (text: string) => void; width?: number }

export function SearchField({ label, text, onText, width = 240 }: SearchFieldProps) {
  // What is typed holds until the text outside changes: by settling, or by somebody else (the Back button).
  const [draft, setDraft] = useState({ over: text, typed: text })
  const typed = draft.over === text ? draft.typed : text
  const settle = useDebouncedCallback(onText, 250)
  const change = (value: string) => { setDraft({ over: text, typed: value }); settle(value) }
  return (
    <TextInput size="sm" w={{ base: '100%', sm: width }} aria-label={label} placeholder={label} value={typed} onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />} rightSection={typed && <CloseButton size="sm" aria-label="Clear search" onClick={() => { change(''); onText('') }} />} />
  )
}
