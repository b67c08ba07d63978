/** Figures of one mass email, and what happened by the hour. */
import { Title } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { getMassEmailFigures, listCampaignHours } from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { FigureTiles } from '../campaigns/FigureTiles.tsx'
import { logLink } from '../campaigns/log-link.ts'
import { OverTime } from '../campaigns/OverTime.tsx'

type MassEmailFiguresProps = { massEmail: Pick<MassEmail, 'id' | 'campaignId'>; every: number | false }

export function MassEmailFigures(props: MassEmailFiguresProps) {
  return <Panel title="Figures" foldsAs="mass-email-figures"><Figures {...props} /></Panel>
}

function Figures({ massEmail: { id, campaignId }, every }: MassEmailFiguresProps) {
  const figures = useRead(getMassEmailFigures, { params: { id } }, { every })
  const hours = useRead(listCampaignHours, { params: { id: campaignId }, query: { massEmailId: id } }, { every })
  return (
    <>
      <FigureTiles figures={figures} logOf={(action) => logLink(campaignId, action, id)} />
      {hours.items.length > 0 && <><Title order={3} mt="lg" mb="sm">Over time</Title><OverTime hours={hours.items} height={170} /></>}
    </>
  )
}
