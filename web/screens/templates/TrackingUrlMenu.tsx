/** The menu that inserts a tracking URL. Links belong to a campaign, so the campaign comes first. */
import { Button, Menu, Select, Text } from '@mantine/core'
import { IconChevronDown, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'

export function TrackingUrlMenu({ onInsert }: { onInsert: (code: string) => void }) {
  const [opened, setOpened] = useState(false)
  const [campaignId, setCampaignId] = useState<string | null>(null)
  const campaigns = useLook(api.listCampaigns, { query: { sort: '-createdAt', limit: 100 } }, { enabled: opened })
  const links = useLook(api.listTrackingUrls, { query: { campaignId, limit: 100 } }, { enabled: opened && campaignId !== null })
  const options = campaigns.data?.items.map(({ id, name }) => ({ value: id!, label: name! })) ?? []
  return (
    <Menu width={320} position="bottom-start" opened={opened} onChange={setOpened} withinPortal closeOnClickOutside>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconLink size={15} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />}>Tracking URL</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Select size="xs" m={6} label="Campaign" placeholder="Choose a campaign" searchable data={options} value={campaignId} onChange={setCampaignId} comboboxProps={{ withinPortal: false }}
          nothingFoundMessage="No campaign yet" />
        {campaignId && links.data?.items.map(({ id, name, code, url }) => (
          <Menu.Item key={id} onClick={() => onInsert(code!)}><Text size="sm">{name || url}</Text><Text size="xs" c="dimmed" truncate>{url || 'Shows a message'}</Text></Menu.Item>
        ))}
        {campaignId && links.data?.items.length === 0 && <Text size="sm" c="dimmed" p="xs">This campaign has no tracking URLs yet. Add them on its page.</Text>}
      </Menu.Dropdown>
    </Menu>
  )
}
