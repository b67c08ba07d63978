/** Finds one thing by typing its name: a record, a target list, a template. The caller says how to find. */
import { Combobox, InputBase, Loader, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

export type Pick = { id: string; name: string; hint?: string | undefined }

type RecordPickerProps = {
  label: string
  description?: ReactNode
  /** Names the kind of thing, so that answers are not mixed: "contacts". */
  kind: string
  find: (text: string) => Promise<Pick[]>
  value: Pick | null
  onPick: (pick: Pick | null) => void
  placeholder?: string
  required?: boolean
  error?: ReactNode
  disabled?: boolean
}

export function RecordPicker({ kind, find, value, onPick, placeholder = 'Type to search', ...input }: RecordPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => { combobox.resetSelectedOption(); setText(null) } })
  const [text, setText] = useState<string | null>(null)
  const [settled] = useDebouncedValue(text ?? '', 200)
  const found = useQuery({ queryKey: ['pick', kind, settled], queryFn: () => find(settled), enabled: combobox.dropdownOpened })
  const choose = (id: string) => { onPick(found.data?.find((pick) => pick.id === id) ?? null); combobox.closeDropdown() }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target withExpandedAttribute>
        <InputBase {...input} role="combobox" placeholder={placeholder} value={text ?? value?.name ?? ''} autoComplete="off"
          rightSection={found.isFetching ? <Loader size={16} /> : value ? <Combobox.ClearButton onClear={() => onPick(null)} aria-label={`Clear ${input.label}`} /> : <Combobox.Chevron />}
          rightSectionPointerEvents={value ? 'all' : 'none'}
          onChange={(event) => { setText(event.currentTarget.value); combobox.openDropdown(); combobox.selectFirstOption() }}
          onClick={() => combobox.openDropdown()} onFocus={() => combobox.openDropdown()} onBlur={() => combobox.closeDropdown()} />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={input.label}>
          {found.data?.map((pick) => (
            <Combobox.Option key={pick.id} value={pick.id}><Text size="sm">{pick.name}</Text>{pick.hint && <Text size="xs" c="dimmed">{pick.hint}</Text>}</Combobox.Option>
          ))}
          {found.data?.length === 0 && <Combobox.Empty>Nothing found</Combobox.Empty>}
          {found.isPending && <Combobox.Empty>Searching…</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
