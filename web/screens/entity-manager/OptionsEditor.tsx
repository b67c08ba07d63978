/** The options of a choice: added one by one or pasted by line, put in order, taken out. */
import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react'

type OptionsEditorProps = { options: string[]; onOptions: (options: string[]) => void; error?: string | undefined }

export function OptionsEditor({ options, onOptions, error }: OptionsEditorProps) {
  const [text, setText] = useState('')
  const add = (more: string[]) => {
    onOptions([...new Set([...options, ...more.map((option) => option.trim()).filter(Boolean)])])
    setText('')
  }
  const swap = (index: number, other: number) => onOptions(options.with(index, options[other]!).with(other, options[index]!))
  const enter = (event: KeyboardEvent) => { if (event.key === 'Enter') { event.preventDefault(); add([text]) } }
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData('text').split(/\r?\n/)
    if (lines.length > 1) { event.preventDefault(); add(lines) }
  }
  return (
    <Input.Wrapper label="Options" labelElement="div" description="In the order in which they are offered. Several lines can be pasted at once." error={error}>
      <Stack gap={6} mt={6}>
        {options.length > 0 && (
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Options">
            {options.map((option, index) => (
              <Group key={option} component="li" gap={2} wrap="nowrap">
                <Text size="sm" flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>{option}</Text>
                <ActionIcon aria-label={`Move ${option} up`} disabled={index === 0} onClick={() => swap(index, index - 1)}><IconArrowUp size={16} /></ActionIcon>
                <ActionIcon aria-label={`Move ${option} down`} disabled={index === options.length - 1} onClick={() => swap(index, index + 1)}><IconArrowDown size={16} /></ActionIcon>
                <ActionIcon aria-label={`Take ${option} out`} onClick={() => onOptions(options.toSpliced(index, 1))}><IconX size={16} /></ActionIcon>
              </Group>
            ))}
          </Stack>
        )}
        <Group gap={6} wrap="nowrap">
          <TextInput flex={1} aria-label="New option" placeholder="New option" value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={enter} onPaste={paste} />
          <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => add([text])}>Add</Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
