/** Parts of a campaign's people, the largest first, each with its rates beside the others. */
import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { PartFigures } from '../../../src/log/contract.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { NumberText, share } from '../../ui/NumberText.tsx'
import { RateBar } from '../../ui/charts/RateBar.tsx'
import { figureColors } from './figure-colors.ts'

export type Part = Pick<PartFigures, 'people' | 'sent' | 'delivered' | 'opened' | 'clicked' | 'optedOut' | 'bouncedHard' | 'bouncedSoft' | 'complained' | 'failed'> & { name: string }
type PartsTableProps = { label: string; nameOf: string; parts: Part[]; about?: boolean }

const shownFirst = 10

/** `about`: the numbers are made probable by a part, not counted. */
export function PartsTable({ label, nameOf, parts, about = false }: PartsTableProps) {
  const [all, setAll] = useState(false)
  return (
    <>
      <DataTable label={label} rows={all ? parts : parts.slice(0, shownFirst)} rowId={({ name }) => name} columns={columnsFor(nameOf, about)} />
      {parts.length > shownFirst && <Button size="xs" variant="subtle" mt="xs" onClick={() => setAll(!all)}>{all ? 'Show fewer' : `Show all ${parts.length.toLocaleString()}`}</Button>}
    </>
  )
}

const columnsFor = (nameOf: string, about: boolean): Column<Part>[] => [
  { key: 'name', title: nameOf, width: 260, cell: ({ name }) => name },
  { key: 'people', title: 'People', align: 'right', cell: ({ people }) => <NumberText value={people} estimate={about} /> },
  { key: 'delivered', title: 'Delivered', align: 'right', cell: ({ delivered, sent }) => <Text span inherit className="numbers">{share(delivered, sent)}</Text> },
  { key: 'opened', title: 'Opened', cell: ({ opened, delivered }) => <RateBar label="Opened" part={opened} whole={delivered} color={figureColors.opened} fullAt={1} /> },
  { key: 'clicked', title: 'Clicked', cell: ({ clicked, delivered }) => <RateBar label="Clicked" part={clicked} whole={delivered} color={figureColors.clicked} /> },
  { key: 'optedOut', title: 'Opted out', cell: ({ optedOut, delivered }) => <RateBar label="Opted out" part={optedOut} whole={delivered} color={figureColors.optedOut} fullAt={0.02} /> },
  { key: 'bounced', title: 'Bounced', cell: ({ bouncedHard, bouncedSoft, sent }) => <RateBar label="Bounced" part={bouncedHard + bouncedSoft} whole={sent} color="var(--mantine-color-red-8)" fullAt={0.1} /> },
  { key: 'complained', title: 'Complained', align: 'right', cell: ({ complained }) => <NumberText value={complained} /> },
  { key: 'failed', title: 'Failed', align: 'right', cell: ({ failed }) => <NumberText value={failed} /> },
]
