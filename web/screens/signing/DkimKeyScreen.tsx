/** One DKIM key: its DNS record ready to copy, whether DNS shows it, and the switch to it. */
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/signing/contract.ts'
import { call, useAction, useRead, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { ActivateKey } from './ActivateKey.tsx'
import { algorithmWords, recordWords, stateWords } from './dkim-words.ts'

export function DkimKeyScreen() {
  const { id = '' } = useParams()
  const key = useRead(api.getDkimKey, { params: { id } }, { every: 15_000 })
  return (
    <Page title={displayAddress(key.domain)} mark={<StatusBadge status={key.state}>{stateWords[key.state]}</StatusBadge>} width="narrow"
      about={`${algorithmWords[key.algorithm]}, selector ${key.selector}`} back={{ to: paths.dkimKeys(), title: 'DKIM Keys' }} action={<RemoveKey dkimKey={key} />}>
      <Stack>
        <Panel title="The record to put into DNS" about="A TXT record at whoever keeps the DNS of your domain. It holds only the public half of the key.">
          <Stack>
            <Copied title="Name" value={key.recordName} what="name" />
            <Copied title="Value" value={key.recordValue} what="value" />
            <Copied title="Value for a zone file" value={key.zoneFileValue} what="zone file value" />
          </Stack>
        </Panel>
        <Panel title="Is it there?"><RecordSeen dkimKey={key} /></Panel>
      </Stack>
    </Page>
  )
}

function Copied({ title, value, what }: { title: string; value: string; what: string }) {
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}><Text size="sm" fw={600}>{title}</Text><CopyButton value={value} what={what} /></Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Code>
    </div>
  )
}

const nextWords: Record<api.DkimKey['state'], string> = {
  new: 'It is looked for by itself, and the key signs as soon as the record is seen.',
  active: 'Mail from this domain is signed with this key. Leave the record in DNS.',
  retired: 'Another key took over. Leave the record for a week, so that mail on its way can still be verified.',
}

function RecordSeen({ dkimKey: key }: { dkimKey: api.DkimKey }) {
  const check = useAction(api.checkDkimKey, { refreshes: [api.getDkimKey, api.listDkimKeys] })
  return (
    <Stack gap="sm">
      <Found dkimKey={key} />
      <Text size="sm">{nextWords[key.state]}</Text>
      <Group>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ params: { id: key.id }, body: {} }, { onError: failed })}>Look now</Button>
        {key.state !== 'active' && <ActivateKey dkimKey={key} />}
      </Group>
    </Stack>
  )
}

function Found({ dkimKey: { recordState, recordMessage, checkedAt } }: { dkimKey: api.DkimKey }): ReactNode {
  if (!recordState) return <Text size="sm" c="dimmed">Nobody has looked yet. Records need minutes, at times hours, until they are seen.</Text>
  const color = { ok: 'green', missing: 'lamp', wrong: 'red', unknown: 'gray' }[recordState]
  return <Alert role="status" color={color} title={recordWords[recordState]}>{recordMessage} <Text span size="sm" c="dimmed">Looked <TimeAgo at={checkedAt} />.</Text></Alert>
}

function RemoveKey({ dkimKey: { id, domain, state } }: { dkimKey: api.DkimKey }) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const remove = async () => {
    const body = state === 'active' ? `Mail from ${displayAddress(domain)} is no longer signed with it. It cannot be brought back.` : 'It cannot be brought back.'
    if (!(await confirm({ title: `Delete this key of ${displayAddress(domain)}?`, body, confirm: 'Delete', danger: true }))) return
    await call(api.removeDkimKey, { params: { id } })
    await navigate(paths.dkimKeys())
    await refresh(api.listDkimKeys)
    succeeded('The key is deleted.')
  }
  return <Button variant="default" color="red" onClick={() => { remove().catch(failed) }}>Delete</Button>
}
