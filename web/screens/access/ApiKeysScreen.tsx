/** Administration > API Keys: who has which, make one (shown once), remove one. */
import { Alert, Button, Code, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/access/contract.ts'
import { type Result, useAction, usePages } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'

type Key = Partial<Result<typeof api.createApiKey>>

const columns: Column<Key>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => <b>{name}</b>, sort: 'name' },
  { key: 'user', title: 'Acts as', cell: ({ userName }) => userName },
  { key: 'hint', title: 'Begins with', cell: ({ hint }) => <Code>{hint}…</Code> },
  { key: 'createdAt', title: 'Made', cell: ({ createdAt }) => <TimeAgo at={createdAt} />, sort: 'createdAt' },
  { key: 'lastUsedAt', title: 'Last used', cell: ({ lastUsedAt }) => <TimeAgo at={lastUsedAt} empty="Never" /> },
]

export function ApiKeysScreen() {
  const [opened, { open, close }] = useDisclosure()
  const pages = usePages(api.listApiKeys)
  const remove = useRemoveKey()
  const newKey = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>New key</Button>
  return (
    <Page title="API Keys" back={{ to: paths.administration(), title: 'Administration' }} action={newKey}
      about={<>Keys for programs. Each carries the rights of its user. The interface is described at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</>}>
      <Panel title="Keys" flush>
        <DataTable label="API keys" {...pages} columns={columns} rowId={({ id }) => id!}
          menu={(key) => <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void remove(key) }}>Remove</Menu.Item>}
          empty={<Empty icon={IconKey} title="No keys yet" action={newKey}>A program that reads or changes things here needs a key.</Empty>} />
      </Panel>
      <Modal opened={opened} onClose={close} title="New API key">{opened && <NewKey onDone={close} />}</Modal>
    </Page>
  )
}

function useRemoveKey() {
  const remove = useAction(api.removeApiKey, { refreshes: [api.listApiKeys], done: () => succeeded('Key removed.') })
  return async ({ id, name }: Key) => {
    const agreed = await confirm({ title: `Remove “${name}”?`, body: 'Programs that use it are shut out at once.', confirm: 'Remove', danger: true })
    if (agreed) remove.mutate({ params: { id: id! } }, { onError: failed })
  }
}

function NewKey({ onDone }: { onDone: () => void }) {
  const me = useMe()
  const [user, setUser] = useState<Pick | null>({ id: me.id, name: me.name })
  const form = useForm({ initialValues: { name: '' } })
  const create = useAction(api.createApiKey, { refreshes: [api.listApiKeys] })
  if (create.data) return <MadeKey secret={create.data.key} onDone={onDone} />
  return (
    <form onSubmit={form.onSubmit(({ name }) => create.mutate({ body: { name, userId: user!.id } }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Stack>
        {create.error?.errors.length === 0 && <ErrorNote error={create.error} />}
        <TextInput label="Name" description="What the key is for, so that you know later." placeholder="Webshop" required data-autofocus {...form.getInputProps('name')} />
        <RecordPicker label="Acts as" description="The key may do what this user may do." kind="users" find={finder('users')} value={user} onPick={setUser} required />
        <Group justify="flex-end"><Button type="submit" loading={create.isPending} disabled={!user}>Make key</Button></Group>
      </Stack>
    </form>
  )
}

function MadeKey({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="lamp" title="Copy it now">It is shown this once. Tidings keeps only a fingerprint of it.</Alert>
      <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>{secret}</Code>
      <Text size="sm" c="dimmed">Send it with each request: <Code>Authorization: Bearer KEY</Code></Text>
      <Group justify="flex-end"><CopyButton value={secret} what="key" wide /><Button onClick={onDone}>Done</Button></Group>
    </Stack>
  )
}
