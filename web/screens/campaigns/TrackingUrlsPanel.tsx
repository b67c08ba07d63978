/** The named links of a campaign: the code to insert, where they lead, who clicked. */
import { Button, Code, Group, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconLink, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import * as api from '../../../src/campaign/contract.ts'
import { call, usePages, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TrackingUrlForm } from './TrackingUrlForm.tsx'

const columnsOf = (campaignId: string): Column<api.TrackingUrl>[] => [
  { key: 'name', title: 'Name', width: 260, cell: ({ name, url, automatic }) => name || (automatic ? 'By itself' : url) },
  { key: 'target', title: 'Leads to', width: 380, cell: ({ action, url, message }) => (action === 'redirect' ? url : `Message: ${message}`) },
  { key: 'code', title: 'Code to insert', cell: ({ code, automatic }) => (automatic ? 'Put in by itself' : <Group gap={4} wrap="nowrap"><Code>{shortened(code)}</Code><CopyButton what="code" value={code} /></Group>) },
  { key: 'clicked', title: 'People', align: 'right', cell: ({ id, clicked }) => <NumberText value={clicked} to={clicked > 0 ? paths.campaignLog(campaignId, { action: 'clicked', trackingUrlId: id, machine: 'false', test: 'false' }) : undefined} /> },
  { key: 'clicks', title: 'Clicks', align: 'right', cell: ({ clicks }) => <NumberText value={clicks} /> },
]

/** The id in full is of use only in the clipboard. */
const shortened = (code: string) => code.replace(/:(.{4}).+(.{4})\}$/, ':$1…$2}')

export function TrackingUrlsPanel({ campaignId, every }: { campaignId: string; every: number | false }) {
  const links = usePages(api.listTrackingUrls, { query: { campaignId } }, { every })
  const add = () => modals.open({ title: 'New tracking URL', children: <TrackingUrlForm campaignId={campaignId} /> })
  return (
    <Panel title="Tracking URLs" flush foldsAs="campaign-tracking-urls" about="Named links whose clicks are counted. Paste a code into a template where a link’s address stands."
      action={<Button size="xs" variant="default" onClick={add} leftSection={<IconPlus size={15} aria-hidden />}>New</Button>}>
      <DataTable label="Tracking URLs" {...links} rows={links.rows as api.TrackingUrl[]} columns={columnsOf(campaignId)}
        menu={(link) => <LinkMenu link={link} />}
        empty={<Empty icon={IconLink} action={<Button variant="light" onClick={add}>Add a link</Button>}>No links yet. With one you see who clicked what.</Empty>} />
    </Panel>
  )
}

function LinkMenu({ link }: { link: api.TrackingUrl }) {
  const refresh = useRefresh()
  const remove = async () => {
    const sure = await confirm({ title: `Delete “${link.name || link.url}”?`, body: 'Templates that contain its code cannot be sent any more. In mail that was sent it keeps working.', confirm: 'Delete', danger: true })
    if (!sure) return
    await call(api.removeTrackingUrl, { params: { id: link.id } })
    await refresh(api.listTrackingUrls)
    succeeded('The link is deleted.')
  }
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => modals.open({ title: 'Edit tracking URL', children: <TrackingUrlForm campaignId={link.campaignId} link={link} /> })}>Edit</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { remove().catch(failed) }}>Delete</Menu.Item>
    </>
  )
}
