/** The mail as it was sent with a heat map of its links, and the same as a table. */
import { Box, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { getLinksOnMail } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmailFrame } from '../../ui/EmailFrame.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText, share } from '../../ui/NumberText.tsx'
import { type HeatBy, heatColor, heatStyle, type LinkOnMail, shareOfClicks } from './heat.ts'

const measures = [{ value: 'people', label: 'People' }, { value: 'clicks', label: 'Clicks' }]
const widths = [{ value: 'desktop', label: 'Desktop' }, { value: 'phone', label: 'Phone' }]

export function LinksOnMail({ campaignId, massEmailId, every = false }: { campaignId: string; massEmailId: string; every?: number | false }) {
  const { html, text, links } = useRead(getLinksOnMail, { params: { id: massEmailId } }, { every })
  const [by, setBy] = useState<HeatBy>('people')
  const [width, setWidth] = useState('desktop')
  if (html === null && !text) return <Empty icon={IconLink}>The mail appears here once the mass email has a template.</Empty>
  if (links.length === 0) return <Empty icon={IconLink}>No link of this mail is counted. Paste the code of a tracking URL into the template, or let the campaign track every link.</Empty>
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <Stack gap="xs">
        <Group gap="xs">
          <SegmentedControl size="xs" aria-label="Heat by" data={measures} value={by} onChange={(value) => setBy(value as HeatBy)} />
          {html !== null && <SegmentedControl size="xs" aria-label="Show as" data={widths} value={width} onChange={setWidth} />}
        </Group>
        {html === null
          ? <Box component="pre" tabIndex={0} aria-label="The mail as text" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{text}</Box>
          : <EmailFrame title="The mail with its links marked" html={html + heatStyle(links, by, (link) => wordsOn(link, links, by))} width={width === 'phone' ? 375 : '100%'} height={560} still />}
      </Stack>
      <Stack gap="xs">
        <DataTable label="Links on the mail" rows={links} rowId={({ trackingUrlId }) => trackingUrlId} columns={columnsFor(campaignId, massEmailId, links, by)} />
        <Text size="xs" c="dimmed">Clicks are counted by address, not by place: a link that stands in several places has the same numbers at each. Machines are left out.</Text>
      </Stack>
    </SimpleGrid>
  )
}

const wordsOn = (link: LinkOnMail, links: LinkOnMail[], by: HeatBy) => {
  const number = link[by].toLocaleString()
  return by === 'people' ? number : `${number} · ${share(shareOfClicks(link, links), 1)}`
}

function columnsFor(campaignId: string, massEmailId: string, links: LinkOnMail[], by: HeatBy): Column<LinkOnMail>[] {
  const most = Math.max(...links.map((link) => link[by]))
  return [
    {
      key: 'name', title: 'Link', width: 260, cell: (link) => (
        <Group gap={8} wrap="nowrap" title={link.url}>
          <span aria-hidden style={{ flex: 'none', width: 12, height: 12, borderRadius: 3, background: heatColor(link[by], most) }} />
          <Text span inherit truncate>{link.name || link.url}</Text>
        </Group>
      ),
    },
    { key: 'places', title: 'Places', align: 'right', cell: ({ places }) => (places === 0 ? <Text span size="sm" c="dimmed">not any more</Text> : <NumberText value={places} />) },
    { key: 'people', title: 'People', align: 'right', cell: ({ people, trackingUrlId }) => <NumberText value={people} to={people > 0 ? paths.campaignLog(campaignId, { action: 'clicked', trackingUrlId, massEmailId, machine: 'false', test: 'false' }) : undefined} /> },
    { key: 'clicks', title: 'Clicks', align: 'right', cell: ({ clicks }) => <NumberText value={clicks} /> },
    { key: 'share', title: 'Share of clicks', align: 'right', cell: (link) => <Text span inherit className="numbers">{shareOfClicks(link, links).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 0 })}</Text> },
    { key: 'machine', title: 'Machines', align: 'right', cell: ({ machinePeople }) => <Text span inherit c="dimmed" className="numbers">{machinePeople.toLocaleString()}</Text> },
  ]
}
