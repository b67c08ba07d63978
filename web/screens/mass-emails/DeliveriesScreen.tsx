/** The deliveries of a mass email on a page of their own: where every number about them leads. */
import { useParams } from 'react-router'
import { getMassEmail } from '../../../src/campaign/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { DeliveriesPanel } from './DeliveriesPanel.tsx'
import { isLive } from './steps.ts'

export function DeliveriesScreen() {
  const id = useParams()['id']!
  const every = 5000
  const { name, status } = useRead(getMassEmail, { params: { id } }, { every: (last) => (last && isLive(last.status) ? every : false) })
  return (
    <Page title={`Deliveries of ${name}`} mark={<StatusBadge status={status} />} about="One row for each recipient: what became of it, and why." back={{ to: paths.massEmail(id), title: name }}>
      <DeliveriesPanel massEmailId={id} every={isLive(status) ? every : false} />
    </Page>
  )
}
