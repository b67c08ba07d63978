/** Names a view and says who sees it: a new one, or one that is there. */
import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import * as api from '../../../src/views/contract.ts'
import { useAction } from '../../api/client.ts'
import type { SavedView } from '../../api/saved-views.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'

type Kept = Pick<SavedView, 'entityType' | 'filter' | 'q' | 'sort' | 'columns'>
type ViewDialogProps = { onClose: () => void } & ({ view: SavedView } | { view?: undefined; kept: Kept; onSaved: (view: SavedView) => void })

const audiences = [
  { value: 'mine', label: 'Only me' }, { value: 'team', label: 'My teams', description: 'Everybody who is in a team with me' }, { value: 'everybody', label: 'Everybody who signs in' },
] as const

export function ViewDialog(props: ViewDialogProps) {
  const { view, onClose } = props
  const [name, setName] = useState(view?.name ?? '')
  const [sharedWith, setSharedWith] = useState<SavedView['sharedWith']>(view?.sharedWith ?? 'mine')
  const refreshes = [api.listSavedViews]
  const creation = useAction(api.createSavedView, { refreshes })
  const change = useAction(api.changeSavedView, { refreshes })
  const { error, isPending } = view ? change : creation
  const done = (saved: SavedView) => { if (!view) props.onSaved(saved); succeeded(`The view ${saved.name} is saved.`); onClose() }
  const save = () => {
    if (view) change.mutate({ params: { id: view.id }, body: { name, sharedWith } }, { onSuccess: done })
    else creation.mutate({ body: { ...props.kept, name, sharedWith } }, { onSuccess: done })
  }
  return (
    <Modal opened onClose={onClose} title={view ? 'Rename or share this view' : 'Save as a new view'}>
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); save() }}>
        <Stack>
          <ErrorNote error={error} />
          <TextInput label="Name" required data-autofocus maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} description="What the list shows, in a few words" />
          <Radio.Group label="Who sees it" description="Others see only the records that they may read." value={sharedWith} onChange={(value) => setSharedWith(value as SavedView['sharedWith'])}>
            <Stack gap={8} mt={8}>{audiences.map((audience) => <Radio key={audience.value} {...audience} />)}</Stack>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={isPending}>Save view</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
