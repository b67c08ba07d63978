/** What to mend before sending, live: from the text itself and from rendering it for the chosen reader. */
import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { Panel } from '../../ui/Panel.tsx'
import { type Draft, type TemplateCheck, checkDraft } from './checks.ts'
import type { Person, Rendered } from './use-preview.ts'

const looks = {
  ok: { icon: IconCheck, color: 'green', word: 'OK' },
  warning: { icon: IconAlertTriangle, color: 'lamp', word: 'Warning' },
  error: { icon: IconX, color: 'red', word: 'Error' },
} as const

type ChecksPanelProps = { draft: Draft; rendered: Rendered | undefined; person: Person | null }

export function ChecksPanel({ draft, rendered, person }: ChecksPanelProps) {
  const checks = [...checkDraft(draft), ...found(rendered, person)]
  return (
    <Panel title="Checks">
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-live="polite">
        {checks.map(({ level, message }) => {
          const { icon: Icon, color, word } = looks[level]
          return (
            <Group key={message} component="li" gap={10} wrap="nowrap" align="flex-start">
              <ThemeIcon size={22} radius="xl" variant="light" color={color} role="img" aria-label={word}><Icon size={13} /></ThemeIcon>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{message}</Text>
            </Group>
          )
        })}
      </Stack>
    </Panel>
  )
}

/** What is unknown to everybody is an error; what is only empty for this reader is a hint to give a fallback. */
function found(rendered: Rendered | undefined, person: Person | null): TemplateCheck[] {
  if (!rendered) return []
  const unknown = new Set(rendered.problems.map(({ placeholder }) => placeholder))
  const empty = person ? rendered.unresolved.filter((placeholder) => !unknown.has(placeholder)) : []
  return [
    ...rendered.problems.map(({ message, part, line }) => ({ level: 'error' as const, message: `${message} (${partNames[part]}${part === 'subject' ? '' : `, line ${line}`})` })),
    ...empty.map((placeholder) => ({ level: 'warning' as const, message: emptyWords(placeholder, person?.name ?? '') })),
    ...(person && unknown.size === 0 && empty.length === 0 ? [{ level: 'ok' as const, message: `Every placeholder has a value for ${person.name}.` }] : []),
  ]
}

/** The postal address is empty for everybody, until somebody sets it. */
const emptyWords = (placeholder: string, reader: string) => (placeholder === '{companyAddress}'
  ? 'Your postal address is not set yet: it stands in Administration > Settings, and the law wants it in every mass email.'
  : `${placeholder} is empty for ${reader}. A fallback after a | stands in for it, as in {Person.firstName|there}.`)

const partNames = { subject: 'subject', body: 'source', textBody: 'text part' }
