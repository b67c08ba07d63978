/** Beside the fields of somebody who can be mailed: may they be, because of which lists, and what they got. */
import type { EntityType } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ConsentsPanel } from '../forms/ConsentsPanel.tsx'
import { AddressState } from './AddressState.tsx'
import { MailHistory } from './MailHistory.tsx'
import { Memberships } from './Memberships.tsx'

export function RecordSide({ type, record }: { type: EntityType; record: RecordRow }) {
  return (
    <>
      <Panel title="May be mailed"><AddressState record={record} /></Panel>
      <Panel title="Target lists"><Memberships type={type} record={record} /></Panel>
      <ConsentsPanel type={type} id={record.id} />
      <Panel title="Mail history"><MailHistory type={type} record={record} /></Panel>
    </>
  )
}
