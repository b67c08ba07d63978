/** Figures of a campaign: eight tiles, what happened over time, and how many of the sent ones got how far. */
import { SimpleGrid, Text, Title } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import type { Figures } from '../../../src/log/contract.ts'
import { getCampaignFigures, listCampaignHours } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { FunnelBars } from '../../ui/charts/FunnelBars.tsx'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { counted } from '../../ui/words.ts'
import { FigureTiles } from './FigureTiles.tsx'
import { figureColors, overTimeSeries } from './figure-colors.ts'
import type { LogAction } from './log-actions.ts'
import { logLink } from './log-link.ts'
import { pointsOverTime } from './over-time.ts'

export function FiguresPanel({ campaignId, every }: { campaignId: string; every: number | false }) {
  return <Panel title="Figures" foldsAs="campaign-figures"><CampaignFigures campaignId={campaignId} every={every} /></Panel>
}

function CampaignFigures({ campaignId, every }: { campaignId: string; every: number | false }) {
  const input = { params: { id: campaignId } }
  const figures = useRead(getCampaignFigures, input, { every })
  const hours = useRead(listCampaignHours, input, { every })
  const logOf = (action: LogAction) => logLink(campaignId, action)
  if (figures.people === 0) return <Empty icon={IconChartBar}>Figures appear here with the first mail that goes out.</Empty>
  return (
    <>
      <FigureTiles figures={figures} logOf={logOf} />
      <Text size="xs" c="dimmed" mt={8}>{counted(figures.people, 'person', 'people')} reached. Opened and clicked count people; mail scanners and other machines stand in grey.</Text>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" mt="lg">
        <div><Title order={3} mb="sm">Over time</Title><TimeColumns label="Figures over time" points={pointsOverTime(hours.items)} series={overTimeSeries} /></div>
        <div><Title order={3} mb="sm">How far they got</Title><FunnelBars label="How far they got" bars={barsOf(figures, logOf)} /></div>
      </SimpleGrid>
    </>
  )
}

const barsOf = ({ sent, delivered, opened, clicked, optedOut }: Figures, logOf: (action: LogAction) => string) => [
  { key: 'sent', label: 'Sent', value: sent, color: figureColors.sent, to: logOf('sent') },
  { key: 'delivered', label: 'Delivered', value: delivered, color: figureColors.delivered },
  { key: 'opened', label: 'Opened', value: opened, color: figureColors.opened, to: logOf('opened') },
  { key: 'clicked', label: 'Clicked', value: clicked, color: figureColors.clicked, to: logOf('clicked') },
  { key: 'optedOut', label: 'Opted out', value: optedOut, color: figureColors.optedOut, to: logOf('optedOut') },
]
