/** Figures of one mass email, and what happened by the hour. */
import { Title } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { getMassEmailFigures, listCampaignHours } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { FigureTiles } from '../campaigns/FigureTiles.tsx'
import { overTimeSeries } from '../campaigns/figure-colors.ts'
import { logLink } from '../campaigns/log-link.ts'
import { pointsOverTime } from '../campaigns/over-time.ts'

type MassEmailFiguresProps = { massEmail: Pick<MassEmail, 'id' | 'campaignId'>; every: number | false }

export function MassEmailFigures(props: MassEmailFiguresProps) {
  return <Panel title="Figures" foldsAs="mass-email-figures"><Figures {...props} /></Panel>
}

function Figures({ massEmail: { id, campaignId }, every }: MassEmailFiguresProps) {
  const figures = useRead(getMassEmailFigures, { params: { id } }, { every })
  const hours = useRead(listCampaignHours, { params: { id: campaignId }, query: { massEmailId: id } }, { every })
  const points = pointsOverTime(hours.items)
  return (
    <>
      <FigureTiles figures={figures} logOf={(action) => logLink(campaignId, action, id)} />
      {points.length > 0 && <><Title order={3} mt="lg" mb="sm">Over time</Title><TimeColumns label="Figures over time" points={points} series={overTimeSeries} height={170} /></>}
    </>
  )
}
