/** Administration > Domain rules: how much a recipient domain gets at most, and domains that suddenly know nobody. */
import { Button, Menu, Stack } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPencil, IconPlus, IconRoute, IconTrash } from '@tabler/icons-react'
import * as api from '../../../src/pace/contract.ts'
import { call, usePages, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { DomainOutages } from './DomainOutages.tsx'
import { DomainRuleForm } from './DomainRuleForm.tsx'

const limit = (value: number | null) => (value === null ? 'No limit' : <NumberText value={value} />)

const columns: Column<api.DomainRule>[] = [
  { key: 'domain', title: 'Domain', cell: ({ domain }) => <b>{displayAddress(domain)}</b>, sort: 'domain' },
  { key: 'maxPerHour', title: 'In an hour', align: 'right', cell: ({ maxPerHour }) => limit(maxPerHour), sort: 'maxPerHour' },
  { key: 'maxPerSecond', title: 'In a second', align: 'right', cell: ({ maxPerSecond }) => limit(maxPerSecond), sort: 'maxPerSecond' },
  { key: 'connections', title: 'At the same time', align: 'right', cell: ({ connections }) => limit(connections), sort: 'connections' },
]

const openForm = (rule?: api.DomainRule) => modals.open({ title: rule ? `Rule for ${displayAddress(rule.domain)}` : 'New domain rule', children: <DomainRuleForm rule={rule} /> })

export function DomainRulesScreen() {
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', 'domain')
  const pages = usePages(api.listDomainRules, { query: { q: text, sort } })
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openForm()}>New rule</Button>
  return (
    <Page title="Domain rules" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="How much a recipient domain gets at most, over all accounts and mass emails. A domain without a rule gets what the other limits let through.">
      <Stack>
        <Panel title="Rules" flush hideTitle>
          <FilterRow><SearchField label="Search domains" text={text} onText={setText} /></FilterRow>
          <DataTable label="Domain rules" {...pages} rows={pages.rows as api.DomainRule[]} columns={columns} sort={sort} onSort={setSort} keys menu={(rule) => <RuleMenu rule={rule} />}
            empty={<Empty icon={IconRoute} title={text ? 'No domain is called that' : 'No rules yet'} action={add}>Large mailbox providers slow down who sends much at once. Give gmail.com, yahoo.com or outlook.com a limit, such as 500 an hour.</Empty>} />
        </Panel>
        <DomainOutages />
      </Stack>
    </Page>
  )
}

function RuleMenu({ rule }: { rule: api.DomainRule }) {
  const refresh = useRefresh()
  const remove = async () => {
    const name = displayAddress(rule.domain)
    const sure = await confirm({ title: `Delete the rule for ${name}?`, body: `${name} then gets whatever the other limits let through.`, confirm: 'Delete', danger: true })
    if (!sure) return
    await call(api.removeDomainRule, { params: { id: rule.id } })
    await refresh(api.listDomainRules)
    succeeded('The rule is deleted.')
  }
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => openForm(rule)}>Edit</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { remove().catch(failed) }}>Delete</Menu.Item>
    </>
  )
}
