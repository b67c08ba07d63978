/** Saved test groups in Send Test: take one, keep the chosen records as one, change or delete it. */
import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type TestGroup, changeTestGroup, createTestGroup, listTestGroups, removeTestGroup } from '../../../src/test-groups/contract.ts'
import { call, useAction, useLook, useRefresh } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { failed, succeeded, undo } from '../../ui/notice.tsx'

export type Recipient = { entityType: string; id: string; name: string }
type TestGroupsProps = { recipients: Recipient[]; onTake: (recipients: Recipient[]) => void }

const referencesOf = (recipients: Recipient[]) => recipients.map(({ entityType, id }) => ({ entityType, id }))
const isSame = (group: TestGroup, recipients: Recipient[]) => JSON.stringify(group.recipients) === JSON.stringify(referencesOf(recipients))
const peopleOf = ({ people }: TestGroup): Recipient[] => people.map(({ entityType, id, name, emailAddress }) => ({ entityType, id, name: name || displayAddress(emailAddress) || 'No name' }))

export function TestGroups({ recipients, onTake }: TestGroupsProps) {
  const groups = (useLook(listTestGroups, { query: { limit: 200 } }).data?.items ?? []) as TestGroup[]
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = groups.find(({ id }) => id === chosenId)
  const take = (id: string | null) => {
    setChosenId(id)
    const group = groups.find((each) => each.id === id)
    if (group) onTake(peopleOf(group))
  }
  return (
    <Stack gap={8}>
      {groups.length > 0 && <Select label="Test group" placeholder="Take a saved group" clearable clearButtonProps={{ 'aria-label': 'No test group' }} data={groups.map(({ id, name }) => ({ value: id, label: name }))} value={chosenId} onChange={take} />}
      <Group gap="xs">
        {chosen && <ChangeGroup group={chosen} recipients={recipients} onRemoved={() => setChosenId(null)} />}
        {recipients.length > 0 && !(chosen && isSame(chosen, recipients)) && <NewGroup recipients={recipients} onCreated={setChosenId} />}
      </Group>
    </Stack>
  )
}

function ChangeGroup({ group, recipients, onRemoved }: { group: TestGroup; recipients: Recipient[]; onRemoved: () => void }) {
  const refresh = useRefresh()
  const change = useAction(changeTestGroup, { refreshes: [listTestGroups], done: () => succeeded('The test group is changed.') })
  const remove = async () => {
    await call(removeTestGroup, { params: { id: group.id } })
    onRemoved()
    await refresh(listTestGroups)
    const bringBack = async () => {
      await call(createTestGroup, { body: { name: group.name, recipients: group.recipients } })
      await refresh(listTestGroups)
      succeeded(`“${group.name}” is back.`)
    }
    undo(`“${group.name}” is deleted.`, () => { bringBack().catch(failed) })
  }
  return (
    <>
      {recipients.length > 0 && !isSame(group, recipients) && (
        <Button size="compact-sm" variant="light" loading={change.isPending} onClick={() => change.mutate({ params: { id: group.id }, body: { recipients: referencesOf(recipients) } }, { onError: failed })}>Change “{group.name}” to these</Button>
      )}
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => { remove().catch(failed) }}>Delete the group</Button>
    </>
  )
}

function NewGroup({ recipients, onCreated }: { recipients: Recipient[]; onCreated: (id: string) => void }) {
  const [name, setName] = useState<string | null>(null)
  const create = useAction(createTestGroup, {
    refreshes: [listTestGroups],
    done: ({ id }) => { setName(null); onCreated(id); succeeded('The test group is saved.') },
  })
  if (name === null) return <Button size="compact-sm" variant="subtle" onClick={() => setName('')}>Save these as a test group…</Button>
  return (
    <Group gap="xs" align="flex-end">
      <TextInput label="Name of the group" placeholder="Proof-readers" size="xs" data-autofocus autoFocus value={name} error={create.error?.byField['name'] ?? create.error?.message} onChange={(event) => setName(event.currentTarget.value)} />
      <Button size="xs" loading={create.isPending} onClick={() => create.mutate({ body: { name, recipients: referencesOf(recipients) } })}>Save the group</Button>
    </Group>
  )
}
