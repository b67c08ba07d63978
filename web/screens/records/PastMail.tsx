/** Mail history of a record that cannot be mailed any more: shown only where there is some. */
import { listHistory } from '../../../src/log/contract.ts'
import { useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { Panel } from '../../ui/Panel.tsx'
import { MailHistory } from './MailHistory.tsx'

export function PastMail({ type, record }: { type: EntityType; record: RecordRow }) {
  const some = useLook(listHistory, { params: { slug: type.slug, id: record.id }, query: { limit: 1 } }).data?.items.length
  return some ? <Panel title="Mail history" about={`${type.plural} are no longer mailed; what was stays readable.`}><MailHistory type={type} record={record} /></Panel> : null
}
