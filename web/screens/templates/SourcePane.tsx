/** Name, subject and source of a template, with the menus that insert things where the cursor is. */
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconUserMinus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { CodeEditor, type CodeEditorHandle } from '../../ui/CodeEditor.tsx'
import { PlaceholderMenu } from './PlaceholderMenu.tsx'
import { TrackingUrlMenu } from './TrackingUrlMenu.tsx'
import type { Format, Template } from './template.ts'
import classes from './TemplateEditor.module.css'

type SourcePaneProps = { format: Format; value: Template; onChange: (value: Template) => void }
type Part = 'html' | 'text'

const optOutLink = '<a href="{optOutUrl}">Unsubscribe from the mailing list</a>'

export function SourcePane({ format, value, onChange }: SourcePaneProps) {
  const editor = useRef<CodeEditorHandle>(null)
  const subject = useRef<HTMLInputElement>(null)
  const [place, setPlace] = useState<'subject' | 'source'>('source')
  const [part, setPart] = useState<Part>('html')
  const plain = format === 'text' || part === 'text'
  const insert = (code: string) => (place === 'subject' ? insertIntoSubject(code) : editor.current?.insert(code))
  const insertIntoSubject = (code: string) => {
    const at = subject.current?.selectionStart ?? value.subject.length
    onChange({ ...value, subject: value.subject.slice(0, at) + code + value.subject.slice(at) })
    subject.current?.focus()
  }
  return (
    <Stack gap="sm">
      <TextInput label="Name" description="Only you and your colleagues see it." value={value.name} onChange={(event) => onChange({ ...value, name: event.currentTarget.value })} />
      <TextInput label="Subject" ref={subject} value={value.subject} onFocus={() => setPlace('subject')} onChange={(event) => onChange({ ...value, subject: event.currentTarget.value })} />
      <Group gap={6}>
        <PlaceholderMenu onInsert={insert} />
        <TrackingUrlMenu onInsert={insert} />
        <Button size="xs" variant="default" leftSection={<IconUserMinus size={15} aria-hidden />} onClick={() => editor.current?.insert(plain ? '{optOutUrl}' : optOutLink)}>Opt-out link</Button>
        <ActionIcon.Group>
          <ActionIcon variant="default" size={30} aria-label="Undo" onClick={() => editor.current?.undo()}><IconArrowBackUp size={15} /></ActionIcon>
          <ActionIcon variant="default" size={30} aria-label="Redo" onClick={() => editor.current?.redo()}><IconArrowForwardUp size={15} /></ActionIcon>
        </ActionIcon.Group>
      </Group>
      {format === 'html' && (
        <SegmentedControl size="xs" aria-label="Part of the mail" style={{ alignSelf: 'flex-start' }} value={part} onChange={(next) => setPart(next as Part)}
          data={[{ value: 'html', label: 'HTML' }, { value: 'text', label: 'Text part' }]} />
      )}
      <div className={classes['source']} onFocus={() => setPlace('source')}>
        {format === 'html' && part === 'text'
          ? <CodeEditor key="text" ref={editor} label="Text part" language="text" value={value.textBody ?? ''} onChange={(textBody) => onChange({ ...value, textBody: textBody === '' ? null : textBody })} />
          : <CodeEditor key="body" ref={editor} label={format === 'text' ? 'Text' : 'HTML source'} language={format === 'text' ? 'text' : 'html'} value={value.body} onChange={(body) => onChange({ ...value, body })} />}
      </div>
      {format === 'html' && part === 'text' && !value.textBody && <Text size="sm" c="dimmed">Empty: a text part is made from the HTML by itself.</Text>}
    </Stack>
  )
}
