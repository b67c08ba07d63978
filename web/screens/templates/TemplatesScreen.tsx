/** All email templates. */
import { Button } from '@mantine/core'
import { IconPlus, IconSearch, IconTemplate } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { TemplateMenu } from './TemplateMenu.tsx'

type Row = { id: string; name: string; subject: string; format: string; modifiedAt: string }

const columns: Column<Row>[] = [
  { key: 'name', title: 'Name', sort: 'name', cell: ({ name }) => name, width: 320 },
  { key: 'subject', title: 'Subject', cell: ({ subject }) => subject || '–', width: 360 },
  { key: 'format', title: 'Format', cell: ({ format }) => (format === 'html' ? 'HTML' : format === 'text' ? 'Plain text' : format) },
  { key: 'modifiedAt', title: 'Changed', sort: 'modifiedAt', cell: ({ modifiedAt }) => <TimeAgo at={modifiedAt} /> },
]

export function TemplatesScreen() {
  const [q, setQ] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-modifiedAt')
  const templates = usePages(api.listEmailTemplates, { query: { q, sort } })
  const create = <Button component={Link} to={paths.newTemplate()} leftSection={<IconPlus size={16} aria-hidden />}>New template</Button>
  return (
    <Page title="Templates" about="What your mass emails say, with placeholders for each reader." action={create}>
      <Panel title="All templates" flush action={<SearchField label="Search templates" text={q} onText={setQ} />}>
        <DataTable label="Templates" {...templates} rows={templates.rows as Row[]} columns={columns} sort={sort} onSort={setSort} keys linkTo={({ id }) => paths.template(id)}
          menu={(template) => <TemplateMenu template={template} />}
          empty={q
            ? <Empty icon={IconSearch}>No template matches “{q}”.</Empty>
            : <Empty icon={IconTemplate} title="No templates yet" action={create}>Begin with one of ours and put in your own words.</Empty>} />
      </Panel>
    </Page>
  )
}
