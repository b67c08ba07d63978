/** What can be done with the chosen records: target lists, edit, delete, export. Many of them run as a task in the tray. */
import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsJoin, IconDotsVertical, IconDownload, IconEdit, IconTrash, IconUserMinus, IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type EntityType, oneOf } from '../../api/entity-types.ts'
import { exportAddress } from '../../api/records.ts'
import { download } from '../../api/request.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed } from '../../ui/notice.tsx'
import { type Selection, chosenCount } from '../../ui/selection.ts'
import { counted } from '../../ui/words.ts'
import { MassUpdateDialog } from './MassUpdateDialog.tsx'
import { TargetListDialog } from './TargetListDialog.tsx'
import { canBeUndone, useMassAction } from './mass-action.ts'

type RecordSelectionBarProps = {
  type: EntityType
  selection: Selection
  onSelection: (selection: Selection) => void
  query: { filter?: unknown; q?: string; sort?: string }
  total: number
  totalIsEstimate: boolean
}

export function RecordSelectionBar({ type, selection, onSelection, query, total, totalIsEstimate }: RecordSelectionBarProps) {
  const [listDialog, setListDialog] = useState<'addToTargetList' | 'removeFromTargetList' | null>(null)
  const [editing, { open: edit, close: endEdit }] = useDisclosure()
  const [mayUpdate, mayExport] = [useMay('massUpdate'), useMay('export')]
  const count = chosenCount(selection, total)
  const act = useMassAction(type, selection, query, onSelection)
  const what = counted(count, oneOf(type), type.plural.toLowerCase())
  const remove = async () => {
    const agreed = await confirm({ title: `Delete ${what}?`, body: canBeUndone(type, 'delete') ? 'They leave all target lists, too. For 30 days the bin brings them back as they were.' : 'They leave all target lists, too. This cannot be undone.', confirm: `Delete ${what}`, danger: true })
    if (agreed) act('delete', `${what} deleted`)
  }
  return (
    <>
      <SelectionBar selection={selection} onSelection={onSelection} total={total} totalIsEstimate={totalIsEstimate}>
        {type.mailable && <Button size="sm" leftSection={<IconUsersPlus size={16} aria-hidden />} onClick={() => setListDialog('addToTargetList')}>Add to target list</Button>}
        <Menu position="top-end">
          <Menu.Target><Button size="sm" variant="default" rightSection={<IconDotsVertical size={16} aria-hidden />}>More</Button></Menu.Target>
          <Menu.Dropdown>
            {type.mailable && <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={() => setListDialog('removeFromTargetList')}>Remove from target list…</Menu.Item>}
            <ReasonMenuItem reason={mayUpdate ? undefined : 'Your roles do not let you change many records at once.'} icon={IconEdit} onClick={edit}>Edit a field…</ReasonMenuItem>
            {type.name !== 'User' && <MergeItem type={type} selection={selection} />}
            {mayExport && (['csv', 'xlsx'] as const).map((kind) => <ExportItem key={kind} kind={kind} type={type} selection={selection} query={query} />)}
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void remove() }}>Delete…</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </SelectionBar>
      <TargetListDialog action={listDialog} what={what} onClose={() => setListDialog(null)} onChosen={(action, list) => act(action, targetListWords(action, what, list.name), { targetListId: list.id })} />
      <MassUpdateDialog type={type} opened={editing} what={what} onClose={endEdit} onChosen={(data) => act('update', `${what} changed`, data)} />
    </>
  )
}

/** All results are a link, and stream; records that were chosen one by one may be too many for an address. */
function ExportItem({ kind, type: { slug }, selection, query }: Pick<RecordSelectionBarProps, 'type' | 'selection' | 'query'> & { kind: 'csv' | 'xlsx' }) {
  const [icon, words] = [<IconDownload key="icon" size={16} aria-hidden />, `Export as ${kind.toUpperCase()}`]
  if (selection.all) return <Menu.Item component="a" href={exportAddress(slug, kind, query)} download leftSection={icon}>{words}</Menu.Item>
  const chosen = { selection: { ids: [...selection.ids] }, ...(query.sort && { sort: query.sort }) }
  return <Menu.Item leftSection={icon} onClick={() => { download(exportAddress(slug, kind, {}), chosen, `${slug}.${kind}`).catch(failed) }}>{words}</Menu.Item>
}

/** A merge is looked at record by record: for a few that were chosen one by one. */
function MergeItem({ type, selection }: { type: EntityType; selection: Selection }) {
  const navigate = useNavigate()
  const ids = [...selection.ids]
  const reason = selection.all || ids.length > 10 ? 'At most ten records are merged at once.' : ids.length < 2 ? 'Choose two or more records.' : undefined
  return <ReasonMenuItem icon={IconArrowsJoin} reason={reason} onClick={() => { void navigate(paths.merge(type.slug, ids)) }}>Merge…</ReasonMenuItem>
}

const targetListWords = (action: string, what: string, list: string) => (action === 'addToTargetList' ? `${what} added to ${list}` : `${what} removed from ${list}`)
