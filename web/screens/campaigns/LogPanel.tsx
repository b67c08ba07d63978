/** The log of a campaign, with the way from it to a target list. */
import { Button } from '@mantine/core'
import { IconDownload, IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'
import { queryText } from '../../api/query-text.ts'
import { Panel } from '../../ui/Panel.tsx'
import { CreateListDialog } from './CreateListDialog.tsx'
import { LogView } from './LogView.tsx'
import { logQuery, useLogFilter } from './use-log-filter.ts'

type LogPanelProps = { campaign: Pick<api.Campaign, 'id' | 'name'>; every: number | false; rows?: number }

export function LogPanel({ campaign: { id, name }, every, rows = 50 }: LogPanelProps) {
  const { filter } = useLogFilter()
  const [making, setMaking] = useState(false)
  const massEmails = named(useLook(api.listMassEmails, { query: { campaignId: id, fields: 'name', limit: 200 } }).data?.items)
  const links = named(useLook(api.listTrackingUrls, { query: { campaignId: id, fields: 'name,url', limit: 200 } }).data?.items)
  const known = { massEmails, links }
  return (
    <Panel title="Log" flush foldsAs="campaign-log"
      action={(
        <>
          <Button size="xs" variant="default" component="a" download href={`/api/v1/campaigns/${id}/log/export.csv${queryText(logQuery(filter))}`} leftSection={<IconDownload size={15} aria-hidden />}>Export</Button>
          <Button size="xs" variant="default" leftSection={<IconUsersPlus size={15} aria-hidden />} onClick={() => setMaking(true)}>Create Target List</Button>
        </>
      )}>
      <LogView campaignId={id} {...known} every={every} rows={rows} />
      {making && <CreateListDialog campaignId={id} campaignName={name} filter={filter} {...known} onClose={() => setMaking(false)} />}
    </Panel>
  )
}

const named = (items: { id?: string | undefined; name?: string | undefined; url?: string | undefined }[] = []) =>
  items.map(({ id, name, url }) => ({ id: id!, name: name || url || 'No name' }))
