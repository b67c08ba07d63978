/** The rows behind a cell of a summary, and the way to the same as a list of records. */
import { Button, Drawer, Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconTable } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { ReportSource } from '../../../src/reports/contract.ts'
import { type Run, useRowsBehind } from '../../api/reports.ts'
import { paths } from '../../paths.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import type { GroupValue } from './groups.ts'
import { type Row, listColumns } from './list-columns.tsx'
import { useRecordAddress } from './record-address.ts'
import { rowsOf } from './report-words.ts'

type RowsDrawerProps = { id: string; source: ReportSource; run: Run; group: GroupValue[]; title: string; onClose: () => void }

export function RowsDrawer({ title, onClose, ...rows }: RowsDrawerProps) {
  const narrow = useMediaQuery('(max-width: 48em)')
  return (
    <Drawer opened onClose={onClose} position="right" size={narrow ? '100%' : '60rem'} title={title} padding="md" closeButtonProps={{ 'aria-label': 'Close' }} overlayProps={{ backgroundOpacity: 0.25 }}>
      <Boundary><Rows {...rows} /></Boundary>
    </Drawer>
  )
}

function Rows({ id, source, run, group }: Omit<RowsDrawerProps, 'title' | 'onClose'>) {
  const { answers } = run
  const { first, ...pages } = useRowsBehind(id, { ...(answers && { answers }), group })
  const addressOf = useRecordAddress(source)
  const plural = rowsOf(source)
  const { slug } = source
  return (
    <>
      {first && (
        <Group justify="space-between" mb="sm">
          <Text size="sm" c="dimmed"><NumberText value={first.total} estimate={first.totalIsEstimate} /> {plural}</Text>
          {slug && first.filter !== null && first.filter !== undefined && (
            <Button component={Link} size="compact-sm" variant="light" to={paths.records(slug, { filter: JSON.stringify(first.filter) })} leftSection={<IconTable size={16} aria-hidden />}>Open as a list of {plural}</Button>
          )}
        </Group>
      )}
      <DataTable label={`The ${plural} behind it`} {...pages} columns={first ? listColumns(first, source, addressOf) : []} total={first?.total}
        {...(slug && { linkTo: (row: Row) => addressOf(row) ?? '' })} empty={<Empty>Nothing is in it any more.</Empty>} />
    </>
  )
}

