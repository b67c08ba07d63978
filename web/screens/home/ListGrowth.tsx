/** Home: how a target list grew, the largest one where nobody chose another; the choice is remembered here. */
import { Anchor, Select, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { Link } from 'react-router'
import { getGrowth, listTargetLists } from '../../../src/audience/contract.ts'
import { useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { dayWords, weeksOf } from '../target-lists/growth.ts'

const most = 50

export function ListGrowth() {
  const [chosen, choose] = useLocalStorage({ key: 'tidings-growth-of', defaultValue: '', getInitialValueInEffect: false })
  const lists = useLook(listTargetLists, { query: { fields: 'name,members', sort: '-createdAt', limit: most } }).data?.items ?? []
  const shown = lists.find(({ id }) => id === chosen) ?? lists.toSorted((a, b) => (b.members ?? 0) - (a.members ?? 0))[0]
  if (!shown) return null
  const select = <Select size="xs" w={180} aria-label="Target list" data={lists.map(({ id, name }) => ({ value: id!, label: name! }))} value={shown.id!} onChange={(id) => choose(String(id ?? ''))} allowDeselect={false} />
  return <Panel title="List growth" action={lists.length > 1 ? select : undefined}><Growth key={shown.id} id={shown.id!} name={shown.name!} /></Panel>
}

function Growth({ id, name }: { id: string; name: string }) {
  const { days } = useRead(getGrowth, { params: { id } }, { every: 60_000 })
  const added = days.slice(-30).reduce((sum, day) => sum + day.added, 0)
  return (
    <>
      <Text size="sm" mb="xs"><Anchor component={Link} to={paths.targetList(id)} inherit underline="always">{name}</Anchor> has <b className="numbers">{(days.at(-1)?.members ?? 0).toLocaleString()}</b> members, <span className="numbers">{added.toLocaleString()}</span> of them joined in the last 30 days.</Text>
      <TimeColumns label={`Members of ${name} at the end of each week`} points={weeksOf(days).map(({ last, members }) => ({ label: dayWords(last), values: { members } }))} series={[{ key: 'members', label: 'Members', color: 'var(--mantine-color-tide-5)' }]} height={130} />
    </>
  )
}
