/** One target list: its numbers, its members by type, who opted out, and which campaigns use it; beside them the reports it follows and its growth. */
import { ActionIcon, Button, Grid, Menu, Modal, Stack } from '@mantine/core'
import { IconDots, IconPencil, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import * as api from '../../../src/audience/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useMailableTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { useRights } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { CampaignsPanel } from './CampaignsPanel.tsx'
import { GrowthPanel } from './GrowthPanel.tsx'
import { MembersPanel } from './MembersPanel.tsx'
import { MembersWithoutPanel } from './MembersWithoutPanel.tsx'
import { OptedOutPanel } from './OptedOutPanel.tsx'
import { OptedOutElsewhere } from './OptedOutElsewhere.tsx'
import { ReportSyncPanel } from './ReportSyncPanel.tsx'
import { TargetListForm } from './TargetListForm.tsx'
import { TargetListMenu } from './TargetListMenu.tsx'
import { TargetListNumbers } from './TargetListNumbers.tsx'

export function TargetListScreen() {
  const id = useParams()['id']!
  const list = useRead(api.getTargetList, { params: { id } })
  const types = usePanels()
  const hidden = useMailableTypes().filter((type) => !types.includes(type))
  const facts = [list.category, list.publicTopic && 'Public topic', list.assignedUserName && `looked after by ${list.assignedUserName}`, list.description].filter(Boolean)
  return (
    <Page title={list.name} about={facts.join(' · ')} back={{ to: paths.targetLists(), title: 'Target Lists' }} action={<Actions list={list} />}>
      <Stack gap="md">
        <TargetListNumbers list={list} />
        <OptedOutElsewhere list={list} />
        <Grid gap="md">
          <Grid.Col span={{ base: 12, xl: 8 }}>
            <Stack gap="md">
              {types.map((type) => <MembersPanel key={type.name} listId={id} type={type} />)}
              {hidden.map((type) => <MembersWithoutPanel key={type.name} listId={id} type={type} />)}
              <OptedOutPanel listId={id} />
              <CampaignsPanel listId={id} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, xl: 4 }}>
            <Stack gap="md">
              <ReportSyncPanel list={list} />
              <GrowthPanel listId={id} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  )
}

/** One for each mailable type that the layout names, in its order. */
function usePanels() {
  const types = useMailableTypes()
  const { items, choices } = useLayout('TargetList', 'bottomPanels')
  const typeOf = (panel: string) => choices.find(({ name }) => name === panel)?.entityType
  const { some } = useRights()
  return items.map((panel) => types.find(({ name }) => name === typeOf(panel))).filter((type) => type !== undefined).filter(({ name }) => some(name, 'read'))
}

function Actions({ list }: { list: api.OneTargetList }) {
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const { name, category, description, publicTopic } = list
  const change = useAction(api.changeTargetList, { refreshes: [api.getTargetList, api.listTargetLists], done: () => setEditing(false) })
  return (
    <>
      <Button component={Link} to={paths.import({ targetListId: list.id })} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>Import into it</Button>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>Edit</Button>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size="lg" variant="default" aria-label="More actions"><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown><TargetListMenu list={list} onDeleted={() => { void navigate(paths.targetLists()) }} /></Menu.Dropdown>
      </Menu>
      <Modal opened={editing} onClose={() => setEditing(false)} title="Edit target list">
        <TargetListForm first={{ name, category, description, publicTopic }} submit="Save" busy={change.isPending} error={change.error}
          onSubmit={(body) => change.mutate({ params: { id: list.id }, body })} cancel={<Button variant="default" onClick={() => setEditing(false)}>Cancel</Button>} />
      </Modal>
    </>
  )
}
