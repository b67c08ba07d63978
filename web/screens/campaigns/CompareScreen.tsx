/** Two to ten campaigns side by side: a table, their rates as bars, and how quickly people did what. Which ones is in the address. */
import { SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useState } from 'react'
import { compareCampaigns } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ChartView } from '../../ui/charts/ChartView.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { CampaignsInput } from './CampaignsInput.tsx'
import { mostCompared, ratesChart, sinceStartChart } from './comparison.ts'
import { ComparisonTable } from './ComparisonTable.tsx'

export function CompareScreen() {
  const [text, setText] = useUrlText('ids')
  const ids = text.split(',').filter(Boolean)
  return (
    <Page title="Compare campaigns" about="What worked better, side by side." back={{ to: paths.campaigns(), title: 'Campaigns' }}>
      <Stack gap="md">
        <Panel title="Campaigns" hideTitle>
          <CampaignsInput label="Campaigns" description={`Two to ${mostCompared}.`} most={mostCompared} value={ids} onChange={(next) => setText(next.join(','))} />
        </Panel>
        {ids.length < 2
          ? <Panel title="Side by side" hideTitle><Empty icon={IconScale}>Choose two campaigns at least. In the list of campaigns you can select them, too.</Empty></Panel>
          : <Comparison key={text} ids={ids} />}
      </Stack>
    </Page>
  )
}

function Comparison({ ids }: { ids: string[] }) {
  return (
    <>
      <Panel title="Side by side" about="Rates are shares of what was delivered; delivered and bounced are shares of what was sent."><Table ids={ids} /></Panel>
      <Panel title="Rates"><Rates ids={ids} /></Panel>
      <Panel title="Since the first mail"><SinceStart ids={ids} /></Panel>
    </>
  )
}

const useCompared = (ids: string[]) => useRead(compareCampaigns, { query: { ids: ids.join(',') } }).items

const Table = ({ ids }: { ids: string[] }) => <ComparisonTable campaigns={useCompared(ids)} />

function Rates({ ids }: { ids: string[] }) {
  const campaigns = useCompared(ids)
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <div><Title order={3} mb="sm">What people want to see</Title><ChartView height={280} chart={ratesChart(campaigns, ['opened', 'clicked', 'replied'], 'Opened, clicked and replied, percent')} /></div>
      <div><Title order={3} mb="sm">What they do not</Title><ChartView height={280} chart={ratesChart(campaigns, ['optedOut', 'bounced', 'complained'], 'Opted out, bounced and complained, percent')} /></div>
    </SimpleGrid>
  )
}

const metrics = [{ value: 'opened', label: 'Opened' }, { value: 'clicked', label: 'Clicked' }, { value: 'optedOut', label: 'Opted out' }]

function SinceStart({ ids }: { ids: string[] }) {
  const [metric, setMetric] = useUrlText('metric', 'opened')
  const [now] = useState(() => new Date())
  const campaigns = useCompared(ids)
  const known = metrics.find(({ value }) => value === metric) ?? metrics[0]!
  return (
    <Stack gap="sm">
      <SegmentedControl size="xs" aria-label="What people did" data={metrics} value={known.value} onChange={setMetric} style={{ alignSelf: 'flex-start' }} />
      <ChartView height={280} chart={sinceStartChart(campaigns, known.value as 'opened', `${known.label} since the first mail, percent of what was delivered`, now)} />
      <Text size="xs" c="dimmed">Percent of what was delivered, from each campaign’s own first mail on.</Text>
    </Stack>
  )
}
