/** A team, new or there already. */
import { Button, Group, Stack, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export function TeamForm({ team }: { team: api.Team | undefined }) {
  const form = useForm({ initialValues: { name: team?.name ?? '', description: team?.description ?? '' } })
  const then = { refreshes: [api.listTeams], done: () => modals.closeAll() }
  const create = useAction(api.createTeam, then)
  const change = useAction(api.changeTeam, then)
  const { error, isPending } = team ? change : create
  const faults = { onError: (problem: { byField: Record<string, string> }) => form.setErrors(problem.byField) }
  const submit = form.onSubmit((body) => (team ? change.mutate({ params: { id: team.id }, body }, faults) : create.mutate({ body }, faults)))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Name" placeholder="North" required data-autofocus {...form.getInputProps('name')} />
        <Textarea label="Description" autosize {...form.getInputProps('description')} />
        {error && error.errors.length === 0 && <ErrorNote error={error} />}
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={isPending}>{team ? 'Save' : 'Create'}</Button></Group>
      </Stack>
    </form>
  )
}
