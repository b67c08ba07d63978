/** Many addresses at once, one a line, typed or from a file, with the reason; says which lines were no addresses. */
import { Alert, Button, FileInput, Group, List, Select, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconFile } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { type Result, useAction } from '../../api/client.ts'
import { followIfTask } from '../../api/task.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { counted } from '../../ui/words.ts'
import { suppressionReasons } from './suppression-words.ts'

type Values = { text: string; reason: api.Suppression['reason'] }

export function AddSuppressions({ onDone }: { onDone: () => void }) {
  const form = useForm<Values>({ initialValues: { text: '', reason: 'optedOut' }, validate: { text: (text) => (text.trim() ? null : 'Type or paste addresses, or choose a file.') } })
  // Very many go on in the background, where the tray shows them.
  const add = useAction(api.importSuppressions, { refreshes: [api.listSuppressions], done: (answer) => { if (followIfTask(answer)) onDone() } })
  if (add.data && 'added' in add.data) return <Added result={add.data} onDone={onDone} />
  return (
    <form onSubmit={form.onSubmit((body) => add.mutate({ body }))} noValidate>
      <Stack>
        <ErrorNote error={add.error} />
        <Textarea label="Addresses" description="One a line." minRows={6} maxRows={12} autosize required data-autofocus {...form.getInputProps('text')} />
        <FileInput label="Or from a file" description="A text file with one address a line." placeholder="Choose a file" accept="text/plain,text/csv,.txt,.csv" clearable
          leftSection={<IconFile size={16} aria-hidden />} onChange={(file) => { void file?.text().then((text) => form.setFieldValue('text', text)) }} />
        <Select label="Why" data={suppressionReasons} allowDeselect={false} {...form.getInputProps('reason')} />
        <Group justify="flex-end"><Button type="submit" loading={add.isPending}>Suppress</Button></Group>
      </Stack>
    </form>
  )
}

type Summary = Extract<Result<typeof api.importSuppressions>, { added: number }>

function Added({ result: { added, alreadyThere, malformed }, onDone }: { result: Summary; onDone: () => void }) {
  return (
    <Stack>
      <Text size="sm">{counted(added, 'address', 'addresses')} suppressed, {alreadyThere.toLocaleString()} were already.</Text>
      {malformed.length > 0 && (
        <Alert color="lamp" title={`${counted(malformed.length, 'line is', 'lines are')} not an address`}>
          <List size="sm">{malformed.slice(0, 10).map(({ line, text }) => <List.Item key={line}>Line {line}: {text}</List.Item>)}</List>
        </Alert>
      )}
      <Group justify="flex-end"><Button onClick={onDone}>Done</Button></Group>
    </Stack>
  )
}
