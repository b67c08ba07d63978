/** Figures of a campaign or one of its mass emails: eight tiles, what happened over time, how far the mail got, people and machines. */
import { Anchor, SimpleGrid, Text, Title } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Figures } from '../../../src/log/contract.ts'
import { getCampaignBefore, getCampaignFigures, getMassEmailFigures, listCampaignHours } from '../../../src/log/contract.ts'
import { useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { FunnelBars } from '../../ui/charts/FunnelBars.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { counted } from '../../ui/words.ts'
import { FigureTiles } from './FigureTiles.tsx'
import { figureColors } from './figure-colors.ts'
import { HumansAndMachines } from './HumansAndMachines.tsx'
import type { LogAction } from './log-actions.ts'
import { logLink } from './log-link.ts'
import { OverTime } from './OverTime.tsx'
import { useMassEmailChoice } from './use-mass-email-choice.tsx'

type Of = { campaignId: string; massEmailId?: string | undefined; every: number | false }

export function FiguresPanel({ campaignId, every }: { campaignId: string; every: number | false }) {
  const { massEmailId, select } = useMassEmailChoice(campaignId)
  return <Panel title="Figures" foldsAs="campaign-figures" action={select}><CampaignFigures key={massEmailId} campaignId={campaignId} massEmailId={massEmailId} every={every} /></Panel>
}

function CampaignFigures(of: Of) {
  const { campaignId, massEmailId, every } = of
  const figures = useFigures(of)
  const hours = useRead(listCampaignHours, { params: { id: campaignId }, query: { massEmailId } }, { every })
  const before = useLook(getCampaignBefore, { params: { id: campaignId } }, { enabled: massEmailId === undefined }).data?.campaign
  const logOf = (action: LogAction) => logLink(campaignId, action, massEmailId)
  if (figures.people === 0) return <Empty icon={IconChartBar}>Figures appear here with the first mail that goes out.</Empty>
  return (
    <>
      <FigureTiles figures={figures} logOf={logOf} before={before?.figures} />
      <Text size="xs" c="dimmed" mt={8}>
        {counted(figures.people, 'person', 'people')} reached. Rates are shares of what was delivered; opened and clicked count people, and machines stand in grey.
        {before && <> Arrows: against the campaign before, <Anchor component={Link} to={paths.campaign(before.id)} inherit underline="always">{before.name}</Anchor> (<Anchor component={Link} to={paths.compareCampaigns([before.id, campaignId])} inherit underline="always">compare</Anchor>).</>}
      </Text>
      <Title order={3} mt="lg" mb="sm">Over time</Title>
      <OverTime hours={hours.items} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" mt="lg">
        <div><Title order={3} mb="sm">How far they got</Title><FunnelBars label="How far they got" bars={barsOf(figures, logOf)} /></div>
        <div><Title order={3} mb="sm">People and machines</Title><HumansAndMachines figures={figures} /></div>
      </SimpleGrid>
    </>
  )
}

function useFigures({ campaignId, massEmailId, every }: Of): Figures {
  const [endpoint, id] = massEmailId === undefined ? [getCampaignFigures, campaignId] : [getMassEmailFigures, massEmailId]
  return useRead(endpoint, { params: { id } }, { every })
}

const barsOf = ({ sent, delivered, opened, clicked, optedOut }: Figures, logOf: (action: LogAction) => string) => [
  { key: 'sent', label: 'Sent', value: sent, color: figureColors.sent, to: logOf('sent') },
  { key: 'delivered', label: 'Delivered', value: delivered, color: figureColors.delivered },
  { key: 'opened', label: 'Opened', value: opened, color: figureColors.opened, to: logOf('opened') },
  { key: 'clicked', label: 'Clicked', value: clicked, color: figureColors.clicked, to: logOf('clicked') },
  { key: 'optedOut', label: 'Opted out', value: optedOut, color: figureColors.optedOut, to: logOf('optedOut') },
]
