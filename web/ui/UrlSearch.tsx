/** A search box whose text is in the address (`?q=`), written there when the typing pauses. */
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useUrlText } from './url-state.ts'

export function UrlSearch({ label, name = 'q' }: { label: string; name?: string }) {
  const [inAddress, setInAddress] = useUrlText(name)
  const [typed, setTyped] = useState(inAddress)
  const settle = useDebouncedCallback(setInAddress, 250)
  const change = (text: string) => { setTyped(text); settle(text) }
  return (
    <TextInput size="sm" type="search" aria-label={label} placeholder="Search" value={typed} onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={15} aria-hidden />} rightSection={typed ? <CloseButton size="sm" aria-label="Clear search" onClick={() => change('')} /> : null} />
  )
}
