/** What becomes of a message in the mailbox once it was read, by kind. Nothing, unless somebody asks for it. */
import { Checkbox, Group, Stack, TextInput } from '@mantine/core'
import type { AccountForm } from './account-form.ts'
import { kindWords } from './message-words.ts'

const kinds = ['bounce', 'delayed', 'feedback', 'autoReply', 'optOut', 'reply'] as const
type Kind = (typeof kinds)[number]

export function AfterReading({ form }: { form: AccountForm }) {
  const chosen = form.values.afterReading
  const change = (kind: Kind, values: { markRead?: boolean; moveTo?: string }) => {
    const { markRead, moveTo } = { ...chosen[kind], ...values }
    const { [kind]: _, ...others } = chosen
    form.setFieldValue('afterReading', markRead || moveTo ? { ...others, [kind]: { ...(markRead && { markRead }), ...(moveTo && { moveTo }) } } : others)
  }
  return (
    <Stack gap="xs">
      {kinds.map((kind) => (
        <Group key={kind} gap="sm" align="flex-end">
          <Checkbox w={260} pb={8} label={`${kindWords[kind]}: mark as read`} checked={chosen[kind]?.markRead ?? false} onChange={(event) => change(kind, { markRead: event.currentTarget.checked })} />
          <TextInput flex="1 1 200px" maw={320} label={`${kindWords[kind]}: move to folder`} placeholder="Leave it where it is" value={chosen[kind]?.moveTo ?? ''} onChange={(event) => change(kind, { moveTo: event.currentTarget.value })} />
        </Group>
      ))}
    </Stack>
  )
}
