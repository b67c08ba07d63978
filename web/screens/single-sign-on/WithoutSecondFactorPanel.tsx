/** Who would be led to setting up a second factor by a rule, saved or not. */
import { Text } from '@mantine/core'
import * as api from '../../../src/single-sign-on/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { displayAddress } from '../../ui/address.ts'

const columns: Column<api.PersonWithout>[] = [
  { key: 'name', title: 'User', cell: ({ name, userName }) => <b>{name || displayAddress(userName)}</b> },
  { key: 'userName', title: 'Signs in as', cell: ({ userName }) => displayAddress(userName) },
  { key: 'lastSignInAt', title: 'Last sign-in', cell: ({ lastSignInAt }) => <TimeAgo at={lastSignInAt} empty="Never" /> },
]

export function WithoutSecondFactorPanel({ rule }: { rule: api.SecondFactorRule }) {
  const pages = usePages(api.listWithoutSecondFactor, { query: { rule } })
  const about = pages.loading || pages.total === 0 ? undefined : `${pages.total === 1 ? '1 person who signs' : `${pages.total} people who sign`} in by password and ${pages.total === 1 ? 'has' : 'have'} none yet, under this rule.`
  return (
    <Panel title="Who has none yet" about={about} flush>
      <DataTable label="Users without a second factor" {...pages} rows={pages.rows as api.PersonWithout[]} columns={columns} linkTo={({ id }) => paths.userSignIn(id)}
        empty={<Text size="sm" px={18} py="md" c="dimmed">Everybody under this rule has a second factor.</Text>} />
    </Panel>
  )
}
