/** Administration > API Keys: who has which, for what, when each was used last; make one (shown once), rename, remove. */
import { Anchor, Badge, Button, Code, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { FilterRow } from '../../ui/FilterRow.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo, useNow } from '../../ui/TimeAgo.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { NewApiKey } from './NewApiKey.tsx'
import classes from './NewApiKey.module.css'
import { adviceOn, scopesInWords } from './scope-words.ts'

const columns: Column<api.ApiKey>[] = [
  { key: 'name', title: 'Name', cell: (key) => <Name of={key} />, sort: 'name', width: 280 },
  { key: 'user', title: 'Acts as', cell: ({ userId, userName }) => <Link to={paths.record('users', userId)}>{userName}</Link>, sort: 'userName' },
  { key: 'scopes', title: 'May be used for', cell: ({ scopes }) => <span className={classes['wrapped']}>{scopesInWords(scopes)}</span>, width: 220 },
  { key: 'lastUsedAt', title: 'Last used', cell: (key) => <LastUse of={key} />, sort: 'lastUsedAt' },
  { key: 'expiresAt', title: 'Good until', cell: ({ expiresAt }) => <TimeAgo at={expiresAt} empty="For ever" />, sort: 'expiresAt' },
]

function Name({ of: key }: { of: api.ApiKey }) {
  const advice = adviceOn(key, useNow(60_000))
  return (
    <div className={classes['wrapped']}>
      <b>{key.name}</b> <Code>{key.hint}</Code>
      <Text size="sm" c="dimmed">Made <TimeAgo at={key.createdAt} />{key.createdByName && ` by ${key.createdByName}`}</Text>
      {advice && <Text size="sm">{advice}</Text>}
    </div>
  )
}

function LastUse({ of: { lastUsedAt, lastUsedIp } }: { of: api.ApiKey }) {
  if (!lastUsedAt) return <Badge color="gray" variant="outline">Never</Badge>
  return <div><TimeAgo at={lastUsedAt} />{lastUsedIp && <Text size="sm" c="dimmed">from {lastUsedIp}</Text>}</div>
}

export function ApiKeysScreen() {
  const [opened, { open, close }] = useDisclosure()
  const [text, setText] = useUrlText('q')
  const [sort, setSort] = useUrlText('sort', '-createdAt')
  const pages = usePages(api.listApiKeys, { query: { q: text, sort } })
  const remove = useRemoveKey()
  const newKey = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>New key</Button>
  const menu = (key: api.ApiKey) => (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => rename(key)}>Rename</Menu.Item>
      <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void remove(key) }}>Remove</Menu.Item>
    </>
  )
  const nothing = text
    ? <Empty icon={IconKey}>No key fits this search.</Empty>
    : <Empty icon={IconKey} title="No keys yet" action={newKey}>A program that reads or changes things here needs a key.</Empty>
  return (
    <Page title="API Keys" back={{ to: paths.administration(), title: 'Administration' }} action={newKey}
      about={<>Keys for programs. Each may do what its user may, or a part of that. The interface, with what each operation needs, is described at <Anchor href="/api/v1/openapi.json" inherit underline="always">/api/v1/openapi.json</Anchor>.</>}>
      <Panel title="Keys" flush hideTitle>
        <FilterRow><SearchField label="Search keys" text={text} onText={setText} /></FilterRow>
        <DataTable label="API keys" {...pages} rows={pages.rows as api.ApiKey[]} columns={columns} sort={sort} onSort={setSort} menu={menu} empty={nothing} />
      </Panel>
      <Modal opened={opened} onClose={close} title="New API key" size="lg">{opened && <NewApiKey onDone={close} />}</Modal>
    </Page>
  )
}

function useRemoveKey() {
  const remove = useAction(api.removeApiKey, { refreshes: [api.listApiKeys], done: () => succeeded('Key removed.') })
  return async ({ id, name, lastUsedAt }: api.ApiKey) => {
    const use = lastUsedAt ? `It was used last on ${new Date(lastUsedAt).toLocaleString()}. ` : 'It was never used. '
    if (await confirm({ title: `Remove “${name}”?`, body: `${use}Programs that use it are shut out at once.`, confirm: 'Remove', danger: true })) remove.mutate({ params: { id } }, { onError: failed })
  }
}

const rename = (key: api.ApiKey) => modals.open({ title: `Rename “${key.name}”`, children: <Rename of={key} /> })

function Rename({ of: { id, name } }: { of: api.ApiKey }) {
  const form = useForm({ initialValues: { name } })
  const save = useAction(api.renameApiKey, { refreshes: [api.listApiKeys], done: () => modals.closeAll() })
  return (
    <form noValidate onSubmit={form.onSubmit((body) => save.mutate({ params: { id }, body }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Stack>
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        {save.error?.errors.length === 0 && <ErrorNote error={save.error} />}
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={save.isPending}>Save</Button></Group>
      </Stack>
    </form>
  )
}
