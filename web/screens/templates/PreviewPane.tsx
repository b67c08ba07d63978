/** The mail as one person gets it: on a desktop, a phone, in the dark, as text. */
import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { byName, useMailableTypes } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import { EmailFrame } from '../../ui/EmailFrame.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import type { Format } from './template.ts'
import type { usePreview } from './use-preview.ts'
import classes from './TemplateEditor.module.css'

type PreviewPaneProps = { preview: ReturnType<typeof usePreview>; format: Format }
const looks = [{ value: 'desktop', label: 'Desktop' }, { value: 'phone', label: 'Phone' }, { value: 'dark', label: 'Dark' }, { value: 'text', label: 'Text' }]

export function PreviewPane({ preview, format }: PreviewPaneProps) {
  const [look, setLook] = useState('desktop')
  const { rendered, error } = preview
  return (
    <Stack gap="sm">
      <PersonPicker preview={preview} />
      {format === 'html' && <SegmentedControl size="xs" aria-label="Show as" value={look} onChange={setLook} data={looks} style={{ alignSelf: 'flex-start' }} />}
      <ErrorNote error={error} />
      {rendered && (
        <>
          <div className={classes['subject']}><Text size="xs" c="dimmed">Subject</Text><Text fw={600}>{rendered.subject || 'No subject'}</Text></div>
          {look === 'text' || rendered.html === null
            ? <pre className={classes['text']} tabIndex={0} aria-label="The mail as text">{rendered.text}</pre>
            : <EmailFrame title="The mail as it will look" html={rendered.html} width={look === 'phone' ? 375 : '100%'} dark={look === 'dark'} />}
        </>
      )}
    </Stack>
  )
}

function PersonPicker({ preview: { person, setPerson } }: { preview: ReturnType<typeof usePreview> }) {
  const types = useMailableTypes()
  const [typeName, setTypeName] = useState('Contact')
  const type = byName(types, typeName) ?? types[0]
  if (!type) return null
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Select label="As" w={120} value={type.name} onChange={(name) => setTypeName(name ?? 'Contact')} data={types.map(({ name }) => name)} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <RecordPicker label="Reader" placeholder="Sample values" kind={type.slug} find={finder(type.slug)} value={person?.entityType === type.name ? person : null}
          onPick={(pick) => setPerson(pick && { entityType: type.name, slug: type.slug, id: pick.id, name: pick.name })} />
      </div>
    </Group>
  )
}
