/** The deliveries of a mass email: all of them, and those of which nobody knows as a tab of their own. */
import { Badge } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { DeliveriesPanel } from './DeliveriesPanel.tsx'
import { UnknownPanel } from './UnknownPanel.tsx'

type LedgerTabsProps = { massEmail: MassEmail; every: number | false }

export function LedgerTabs({ massEmail, every }: LedgerTabsProps) {
  const [chosen] = useUrlText('deliveries')
  const unknown = massEmail.figures.uncertain
  const all = <DeliveriesPanel massEmailId={massEmail.id} every={every} limit={20} />
  if (unknown === 0 && chosen !== 'unknown') return all
  return (
    <UrlTabs name="deliveries" tabs={[
      { key: 'all', title: 'All deliveries', content: all },
      { key: 'unknown', title: 'Unknown', mark: <Badge size="sm" color="lamp">{unknown.toLocaleString()}</Badge>, content: <UnknownPanel massEmail={massEmail} every={every} /> },
    ]} />
  )
}
