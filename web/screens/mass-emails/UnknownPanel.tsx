/** Deliveries of which nobody knows whether they arrived: what is known of each, what happens next, and a person's choice. */
import { Button, Group, Text } from '@mantine/core'
import { IconCheck, IconHelpCircle, IconSend } from '@tabler/icons-react'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { type Delivery, listDeliveries } from '../../../src/delivery/contract.ts'
import { usePages } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { useSelection } from '../../ui/selection.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { reasonWords } from './reasons.ts'
import { RecordName } from './RecordName.tsx'
import { type Choice, useUncertain } from './use-uncertain.tsx'

export function UnknownPanel({ massEmail, every }: { massEmail: MassEmail; every: number | false }) {
  const deliveries = usePages(listDeliveries, { params: { id: massEmail.id }, query: { status: 'uncertain', limit: 50 } }, { every })
  const [selection, setSelection] = useSelection(massEmail.id)
  const choose = useUncertain(massEmail, () => setSelection({ all: false, ids: new Set() }))
  const chosen = selection.all ? undefined : [...selection.ids]
  return (
    <Panel title="Unknown" flush about="The mail was handed over, and no answer came: it may have arrived. An open, a click, a reply or a bounce settles it as sent by itself.">
      {deliveries.total > 0 && <Group px={18} pb="sm" gap="xs"><Choices choose={(choice) => choose(choice, undefined, deliveries.total)} all /></Group>}
      <SelectionBar selection={selection} onSelection={setSelection} total={deliveries.total} totalIsEstimate={deliveries.totalIsEstimate}>
        <Choices choose={(choice) => choose(choice, chosen, chosen?.length ?? deliveries.total)} />
      </SelectionBar>
      <DataTable label="Unknown deliveries" {...deliveries} rows={deliveries.rows as Delivery[]} columns={columns} selection={selection} onSelection={setSelection}
        menu={({ id }) => (
          <>
            <ReasonMenuItem icon={IconSend} onClick={() => choose('sendAgain', [id], 1)}>Send again</ReasonMenuItem>
            <ReasonMenuItem icon={IconCheck} onClick={() => choose('countAsSent', [id], 1)}>Count as sent</ReasonMenuItem>
          </>
        )}
        empty={<Empty icon={IconHelpCircle}>Of every mail it is known what became of it.</Empty>} />
    </Panel>
  )
}

const Choices = ({ choose, all = false }: { choose: (choice: Choice) => void; all?: boolean }) => (
  <>
    <Button size="compact-sm" variant="default" leftSection={<IconSend size={14} aria-hidden />} onClick={() => choose('sendAgain')}>{all ? 'Send all again' : 'Send again'}</Button>
    <Button size="compact-sm" variant="default" leftSection={<IconCheck size={14} aria-hidden />} onClick={() => choose('countAsSent')}>{all ? 'Count all as sent' : 'Count as sent'}</Button>
  </>
)

const columns: Column<Delivery>[] = [
  { key: 'record', title: 'Who', width: 240, cell: (delivery) => <RecordName {...delivery} /> },
  { key: 'emailAddress', title: 'Address', width: 260, cell: ({ emailAddress }) => displayAddress(emailAddress) },
  { key: 'markedAt', title: 'Handed over', cell: ({ markedAt }) => <TimeAgo at={markedAt} /> },
  { key: 'known', title: 'What is known', width: 360, cell: ({ reasonCode, reason }) => (
    <div>
      <Text size="sm">{reasonCode ? reasonWords(reasonCode) : 'No answer'}</Text>
      {reason && reason !== reasonCode && <Text size="xs" c="dimmed" lineClamp={2} title={reason}>{reason}</Text>}
    </div>
  ) },
  { key: 'next', title: 'What happens next', width: 200, cell: ({ sentAgainAt }) => (sentAgainAt ? <>sent again <TimeAgo at={sentAgainAt} /></> : 'held for you to choose') },
]
