/** Administration > Subscription Forms: by which pages visitors come into target lists, and how many did. */
import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconForms, IconPlus } from '@tabler/icons-react'
import * as api from '../../../src/forms/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { openness } from './form-words.ts'
import { NewForm } from './NewForm.tsx'

type Form = api.SubscriptionForm

const columns: Column<Form>[] = [
  { key: 'name', title: 'Name', sort: 'name', cell: ({ name }) => <b>{name}</b> },
  { key: 'state', title: 'State', cell: (form) => <StatusBadge status={openness(form).status} size="sm">{openness(form).words}</StatusBadge> },
  { key: 'lists', title: 'Target lists', cell: ({ targetLists, topics }) => [...targetLists, ...topics].map(({ name }) => name).join(', ') || '–', width: 260 },
  { key: 'confirmed', title: 'Confirmed', align: 'right', cell: ({ confirmed }) => <NumberText value={confirmed} /> },
  { key: 'pending', title: 'Pending', align: 'right', cell: ({ pending }) => <NumberText value={pending} /> },
  { key: 'url', title: 'Link', cell: ({ name, url }) => <CopyButton value={url} what={`link of ${name}`} /> },
]

const openNew = () => modals.open({ title: 'New subscription form', children: <NewForm /> })

export function SubscriptionFormsScreen() {
  const pages = usePages(api.listSubscriptionForms, {}, { every: 30_000 })
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={openNew}>New form</Button>
  return (
    <Page title="Subscription Forms" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="Pages by which visitors come into target lists by themselves. They confirm by a mail, and the proof of their consent is kept.">
      <Panel title="Subscription forms" flush hideTitle>
        <DataTable label="Subscription forms" {...pages} rows={pages.rows as Form[]} columns={columns} rowId={({ id }) => id} linkTo={({ id }) => paths.subscriptionForm(id)}
          empty={<Empty icon={IconForms} title="No forms yet" action={add}>Make a form, choose the target list that visitors join, and put its link on your site. It works at once.</Empty>} />
      </Panel>
    </Page>
  )
}
