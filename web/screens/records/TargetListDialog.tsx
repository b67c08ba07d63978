/** Chooses a target list to add people to (or makes one on the spot), or to remove them from. */
import { Button, Group, Modal, Stack, Tabs, TextInput } from '@mantine/core'
import { useState } from 'react'
import { request } from '../../api/request.ts'
import { finder } from '../../api/find.ts'
import { RecordPicker, type Pick } from '../../ui/RecordPicker.tsx'
import { failed } from '../../ui/notice.tsx'

type Action = 'addToTargetList' | 'removeFromTargetList'
type TargetListDialogProps = { action: Action | null; what: string; onClose: () => void; onChosen: (action: Action, list: Pick) => void }

export function TargetListDialog({ action, what, onClose, onChosen }: TargetListDialogProps) {
  const choose = (list: Pick) => { onChosen(action!, list); onClose() }
  const adding = action === 'addToTargetList'
  return (
    <Modal opened={action !== null} onClose={onClose} title={adding ? `Add ${what} to a target list` : `Remove ${what} from a target list`}>
      {adding
        ? (
          <Tabs defaultValue="existing">
            <Tabs.List mb="md"><Tabs.Tab value="existing">Existing list</Tabs.Tab><Tabs.Tab value="new">New list</Tabs.Tab></Tabs.List>
            <Tabs.Panel value="existing"><Existing verb="Add" onChosen={choose} /></Tabs.Panel>
            <Tabs.Panel value="new"><NewList onChosen={choose} /></Tabs.Panel>
          </Tabs>
        )
        : <Existing verb="Remove" onChosen={choose} />}
    </Modal>
  )
}

function Existing({ verb, onChosen }: { verb: string; onChosen: (list: Pick) => void }) {
  const [list, setList] = useState<Pick | null>(null)
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (list) onChosen(list) }}>
      <Stack>
        <RecordPicker label="Target list" kind="target-lists" find={finder('target-lists')} value={list} onPick={setList} required />
        <Group justify="flex-end"><Button type="submit" disabled={!list} title={list ? undefined : 'Choose a list first'}>{verb}</Button></Group>
      </Stack>
    </form>
  )
}

function NewList({ onChosen }: { onChosen: (list: Pick) => void }) {
  const [name, setName] = useState('')
  const create = () => request<{ id: string; name: string }>('POST', '/api/v1/target-lists', { body: { name: name.trim() } }).then(onChosen, failed)
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) void create() }}>
      <Stack>
        <TextInput label="Name of the new list" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Group justify="flex-end"><Button type="submit" disabled={!name.trim()} title={name.trim() ? undefined : 'Give it a name first'}>Create and add</Button></Group>
      </Stack>
    </form>
  )
}
