/** The columns and filters of the list of suppressions. */
import { Text } from '@mantine/core'
import type * as api from '../../../src/audience/contract.ts'
import { displayAddress } from '../../ui/address.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import type { FilterField } from '../../ui/filter.ts'
import { sourceInWords, suppressionReasons, suppressionSources, suppressionWords } from './suppression-words.ts'

export type Row = Partial<api.Suppression>

export const columns: Column<Row>[] = [
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => <b>{displayAddress(emailAddress ?? '')}</b>, sort: 'emailAddress', width: 300 },
  { key: 'reason', title: 'Why', cell: ({ reason }) => <StatusBadge status={reason!}>{suppressionWords[reason!]}</StatusBadge> },
  { key: 'source', title: 'Source', cell: (row) => <Source row={row} />, width: 220 },
  { key: 'at', title: 'Since', cell: ({ at }) => <TimeAgo at={at} />, sort: 'at' },
]

export const filterFields: FilterField[] = [
  { name: 'emailAddress', label: 'Address', type: 'email' },
  { name: 'reason', label: 'Why', type: 'enum', options: suppressionReasons },
  { name: 'source', label: 'Source', type: 'enum', options: suppressionSources },
  { name: 'at', label: 'Since', type: 'dateTime' },
]

function Source({ row: { source, byUserName, detail, until } }: { row: Row }) {
  return (
    <div>
      {sourceInWords(source!)}
      {byUserName && <Text size="xs" c="dimmed" truncate>{byUserName}</Text>}
      {detail && <Text size="xs" c="dimmed" truncate title={detail}>{detail}</Text>}
      {until && <Text size="xs" c="dimmed">Ends by itself <TimeAgo at={until} /></Text>}
    </div>
  )
}
