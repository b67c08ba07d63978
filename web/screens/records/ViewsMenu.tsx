/** The saved views of a list: open one, keep what the list shows now, share, rename, delete. */
import { Badge, Button, Menu, Text } from '@mantine/core'
import { IconAlertTriangle, IconBookmark, IconCheck, IconChevronDown, IconDeviceFloppy, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/views/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import type { SavedView } from '../../api/saved-views.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { ViewDialog } from './ViewDialog.tsx'
import type { ListState } from './list-state.ts'
import { viewOf } from './view-address.ts'

type ViewsMenuProps = { type: EntityType; state: Pick<ListState, 'views' | 'view' | 'changed' | 'open' | 'shown'> }

export function ViewsMenu({ type, state }: ViewsMenuProps) {
  const [dialog, setDialog] = useState<'new' | 'change' | null>(null)
  const { views, view, changed, open, shown } = state
  const all = `All ${type.plural.toLowerCase()}`
  const { save, remove } = useViewActions(state)
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" fw={500} maw="100%" leftSection={<IconBookmark size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />} aria-label={`View: ${view?.name ?? all}`}>
            <Text inherit truncate maw={200}>{view?.name ?? 'Views'}</Text>{changed && <Badge ml={8} size="sm" color="lamp">changed</Badge>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          <Menu.Item leftSection={<Tick on={!view} />} onClick={() => open(undefined)}>{all}</Menu.Item>
          <Views label="Mine" views={views.filter(({ sharedWith }) => sharedWith === 'mine')} current={view} onOpen={open} />
          <Views label="Shared" views={views.filter(({ sharedWith }) => sharedWith !== 'mine')} current={view} onOpen={open} />
          <Menu.Divider />
          {view?.mayChange && changed && <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => save(view)}>Save changes to this view</Menu.Item>}
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setDialog('new')}>Save as a new view…</Menu.Item>
          {view?.mayChange && <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('change')}>Rename or share…</Menu.Item>}
          {view?.mayChange && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => { void remove(view) }}>Delete this view…</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'new' && <ViewDialog onClose={() => setDialog(null)} onSaved={open} kept={{ entityType: type.name, ...viewOf(shown) }} />}
      {dialog === 'change' && view && <ViewDialog view={view} onClose={() => setDialog(null)} />}
    </>
  )
}

type ViewsProps = { label: string; views: SavedView[]; current: SavedView | undefined; onOpen: (view: SavedView) => void }

function Views({ label, views, current, onOpen }: ViewsProps) {
  if (views.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item key={view.id} leftSection={<Tick on={view.id === current?.id} />} onClick={() => onOpen(view)}
          rightSection={view.problems.length > 0 ? <IconAlertTriangle size={16} color="var(--tidings-warning)" aria-label="Asks for something that is gone" /> : undefined}>
          {view.name}
          {!view.mayChange && view.ownerName && <Text size="xs" c="dimmed">by {view.ownerName}</Text>}
        </Menu.Item>
      ))}
    </>
  )
}

const Tick = ({ on }: { on: boolean }) => <IconCheck size={16} aria-hidden visibility={on ? undefined : 'hidden'} />

function useViewActions({ shown, open }: Pick<ListState, 'shown' | 'open'>) {
  const change = useAction(api.changeSavedView, { refreshes: [api.listSavedViews] })
  const removal = useAction(api.removeSavedView, { refreshes: [api.listSavedViews] })
  return {
    save: (view: SavedView) => change.mutate({ params: { id: view.id }, body: viewOf(shown) }, { onError: failed, onSuccess: (saved) => { open(saved); succeeded(`${view.name} now shows this.`) } }),
    async remove(view: SavedView) {
      const shared = view.sharedWith === 'mine' ? '' : ' Nobody whom it is shared with has it any more.'
      if (!await confirm({ title: `Delete the view ${view.name}?`, body: `The records stay.${shared}`, confirm: 'Delete view', danger: true })) return
      removal.mutate({ params: { id: view.id } }, { onError: failed, onSuccess: () => { open(undefined); succeeded(`${view.name} is deleted.`) } })
    },
  }
}
