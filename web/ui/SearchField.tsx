/** Text search that waits until somebody stops typing. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

type SearchFieldProps = { label: string; text: string; onText: (text: string) => void; width?: number }

export function SearchField({ label, text, onText, width = 240 }: SearchFieldProps) {
  const [typed, setTyped] = useState(text)
  const settle = useDebouncedCallback(onText, 250)
  useEffect(() => setTyped(text), [text])
  const change = (value: string) => { setTyped(value); settle(value) }
  return (
    <TextInput size="sm" w={width} aria-label={label} placeholder={label} value={typed} onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />} rightSection={typed && <CloseButton size="sm" aria-label="Clear search" onClick={() => { setTyped(''); onText('') }} />} />
  )
}
