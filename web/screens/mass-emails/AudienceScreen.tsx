/** The people behind one step of the audience funnel. */
import { Anchor } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { getMassEmail, listAudience } from '../../../src/campaign/contract.ts'
import { type Result, usePages, useRead } from '../../api/client.ts'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { verdictText } from './verdicts.ts'

type Person = Required<Result<typeof listAudience>['items'][number]>

export function AudienceScreen() {
  const { id = '', verdict = '' } = useParams()
  const { name } = useRead(getMassEmail, { params: { id } })
  const [q, setQ] = useUrlText('q')
  const people = usePages(listAudience, { params: { id, verdict }, query: { q } })
  const { name: title, why } = verdictText(verdict)
  return (
    <Page title={title} about={why} back={{ to: paths.massEmail(id), title: name }}>
      <Panel title={counted(people.total, 'person', 'people')} flush action={<SearchField label="Search name or address" text={q} onText={setQ} />}>
        <DataTable label={title} {...people} rows={people.rows as Person[]} columns={useColumns()} keys empty={<Empty icon={IconUsers}>{q ? 'Nobody matches.' : 'Nobody whom you may read.'}</Empty>} />
      </Panel>
    </Page>
  )
}

function useColumns(): Column<Person>[] {
  const types = useEntityTypes()
  return [
    { key: 'name', title: 'Name', width: 320, cell: ({ id, entityType, name, emailAddress }) => {
      const slug = byName(types, entityType)?.slug
      const words = name || emailAddress || 'No name'
      return slug ? <Anchor component={Link} to={paths.record(slug, id)} fw={600} inherit>{words}</Anchor> : words
    } },
    { key: 'emailAddress', title: 'Address', width: 340, cell: ({ emailAddress }) => displayAddress(emailAddress) || '–' },
    { key: 'entityType', title: 'Type', cell: ({ entityType }) => entityType },
  ]
}
