/** The table behind a chart. */
import { Table } from '@mantine/core'
import type { Chart } from '../../../src/charts/chart.ts'
import { tableOf } from '../../../src/charts/chart-table.ts'
import { counted } from '../words.ts'

export function ChartTable({ chart }: { chart: Chart }) {
  const { heads, rows, left } = tableOf(chart)
  return (
    <Table verticalSpacing={4} captionSide="top">
      <Table.Caption>{chart.title}{left > 0 && ` (and ${counted(left, 'row', 'rows')} more)`}</Table.Caption>
      <Table.Thead><Table.Tr><Table.Td />{heads.map((head, index) => <Table.Th key={index} scope="col" ta="right">{head}</Table.Th>)}</Table.Tr></Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, cells }, index) => (
          <Table.Tr key={index}><Table.Th scope="row" fw={400}>{name}</Table.Th>{cells.map((cell, at) => <Table.Td key={at} ta="right" className="numbers">{cell}</Table.Td>)}</Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
