/** The menu that inserts placeholders, found by typing. */
import { Button, Menu, ScrollArea, Text, TextInput } from '@mantine/core'
import { IconBraces, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { listPlaceholders } from '../../../src/content/contract.ts'
import { useLook } from '../../api/client.ts'

export function PlaceholderMenu({ onInsert }: { onInsert: (code: string) => void }) {
  const groups = useLook(listPlaceholders).data?.groups ?? []
  const [text, setText] = useState('')
  const matches = (words: string) => words.toLowerCase().includes(text.trim().toLowerCase())
  const shown = groups
    .map(({ title, placeholders }) => ({ title, items: placeholders.filter(({ label, code }) => matches(`${title} ${label} ${code}`)) }))
    .filter(({ items }) => items.length > 0)
  return (
    <Menu width={320} position="bottom-start" onClose={() => setText('')} withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBraces size={15} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />}>Placeholder</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput size="xs" m={6} placeholder="Find a field" aria-label="Find a field" value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        <ScrollArea.Autosize mah={340} type="auto">
          {shown.map(({ title, items }) => (
            <div key={title}>
              <Menu.Label>{title}</Menu.Label>
              {items.map(({ label, code }) => (
                <Menu.Item key={code} onClick={() => onInsert(code)}>
                  <Text size="sm">{label}</Text><Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{code}</Text>
                </Menu.Item>
              ))}
            </div>
          ))}
          {shown.length === 0 && <Text size="sm" c="dimmed" p="sm">No field is called that.</Text>}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
