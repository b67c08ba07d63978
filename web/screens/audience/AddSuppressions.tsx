/** Many addresses at once, one a line, with the reason; says which lines were no addresses. */
import { Alert, Button, Group, List, Select, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/audience/contract.ts'
import { type Result, useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { counted } from '../../ui/words.ts'
import { suppressionReasons } from './suppression-words.ts'

export function AddSuppressions({ onDone }: { onDone: () => void }) {
  const form = useForm<{ text: string; reason: api.Suppression['reason'] }>({ initialValues: { text: '', reason: 'optedOut' } })
  const add = useAction(api.importSuppressions, { refreshes: [api.listSuppressions] })
  if (add.data) return <Added result={add.data} onDone={onDone} />
  return (
    <form onSubmit={form.onSubmit((body) => add.mutate({ body }))}>
      <Stack>
        <ErrorNote error={add.error} />
        <Textarea label="Addresses" description="One a line." minRows={6} required data-autofocus {...form.getInputProps('text')} />
        <Select label="Why" data={suppressionReasons} {...form.getInputProps('reason')} />
        <Group justify="flex-end"><Button type="submit" loading={add.isPending}>Suppress</Button></Group>
      </Stack>
    </form>
  )
}

function Added({ result: { added, alreadyThere, malformed }, onDone }: { result: Result<typeof api.importSuppressions>; onDone: () => void }) {
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
