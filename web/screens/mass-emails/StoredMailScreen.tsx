/** The mail of one delivery exactly as it was sent: kept where “Store sent emails” was on. */
import { Group } from '@mantine/core'
import { useParams } from 'react-router'
import { getMassEmail } from '../../../src/campaign/contract.ts'
import { getDeliveryMessage } from '../../../src/delivery/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { MailParts } from '../../ui/MailParts.tsx'
import { Page } from '../../ui/Page.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

export function StoredMailScreen() {
  const { id = '', deliveryId = '' } = useParams()
  const { name } = useRead(getMassEmail, { params: { id } })
  const mail = useRead(getDeliveryMessage, { params: { id, deliveryId } })
  return (
    <Page title={mail.subject || '(no subject)'} back={{ to: paths.massEmailDeliveries(id), title: `Deliveries of ${name}` }}
      about={<Group gap="xs"><span>As it was sent</span><TimeAgo at={mail.storedAt} /><span>· {mail.size.toLocaleString()} bytes</span></Group>}>
      <MailParts mail={mail} />
    </Page>
  )
}
