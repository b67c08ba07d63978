/** All settings but secrets as a file, and a file in: what would change is shown before anything is. */
import { Button, FileButton, Group, Stack, Table, Text } from '@mantine/core'
import { IconDownload, IconFileUpload } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/settings-file/contract.ts'
import * as settingsApi from '../../../src/settings/contract.ts'
import { listScheduledJobs } from '../../../src/jobs/contract.ts'
import { useAction } from '../../api/client.ts'
import { counted } from '../../ui/words.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { groupTitles, valueInWords } from './setting-words.ts'

type File = { name: string; content: Record<string, unknown> }
const refreshes = [settingsApi.getGeneral, settingsApi.getOutboundEmails, settingsApi.listSettingChanges, listScheduledJobs]

/** `dirty`: changes on the page that are not saved would be lost. */
export function SettingsFile({ dirty, onImported }: { dirty: boolean; onImported: () => void }) {
  const [file, setFile] = useState<File>()
  const [unreadable, setUnreadable] = useState<Error>()
  const look = useAction(api.importSettings)
  const take = useAction(api.importSettings, {
    refreshes,
    done: ({ changes, pausedMassEmailIds = [] }) => {
      forget()
      onImported()
      succeeded(`${counted(changes.length, 'setting')} changed.${pausedMassEmailIds.length > 0 ? ` ${counted(pausedMassEmailIds.length, 'mass email')} paused, because mail now leaves for real.` : ''}`)
    },
  })
  const forget = () => { setFile(undefined); setUnreadable(undefined); look.reset(); take.reset() }
  const open = async (chosen: globalThis.File | null) => {
    forget()
    if (!chosen) return
    try {
      const content = JSON.parse(await chosen.text()) as Record<string, unknown>
      setFile({ name: chosen.name, content })
      look.mutate({ query: { dryRun: 'true' }, body: content })
    } catch {
      setUnreadable(new Error(`${chosen.name} is not JSON, so it is no file of settings.`))
    }
  }
  const reason = dirty ? 'Save or discard your changes first' : undefined
  return (
    <Panel title="Settings as a file" about="General, outbound emails and the schedules of jobs, for another installation or to keep. Passwords and other secrets are never in it.">
      <Stack gap="sm">
        <Group gap="sm">
          <Button component="a" href={api.exportSettings.path} download="tidings-settings.json" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>Export</Button>
          <FileButton accept="application/json,.json" onChange={(chosen) => void open(chosen)} inputProps={{ 'aria-label': 'File of settings' }}>
            {(props) => <Button {...props} variant="default" loading={look.isPending} disabled={dirty} title={reason} leftSection={<IconFileUpload size={16} aria-hidden />}>Import…</Button>}
          </FileButton>
        </Group>
        {reason && <Text size="sm" c="dimmed">{reason}: a file would be taken over without them.</Text>}
        <ErrorNote error={unreadable ?? look.error ?? take.error} />
        {file && look.data && <Differences name={file.name} changes={look.data.changes} paused={look.data.pausedMassEmailIds?.length ?? 0}
          taking={take.isPending} onTake={() => take.mutate({ query: { dryRun: 'false' }, body: file.content })} onCancel={forget} />}
      </Stack>
    </Panel>
  )
}

type DifferencesProps = { name: string; changes: api.FileChange[]; paused: number; taking: boolean; onTake: () => void; onCancel: () => void }

function Differences({ name, changes, paused, taking, onTake, onCancel }: DifferencesProps) {
  if (changes.length === 0) return <Text size="sm" role="status">Everything is as {name} says already.</Text>
  return (
    <Stack gap="sm" role="status" aria-label="What would change">
      <Text size="sm" fw={600}>{name} would change {counted(changes.length, 'setting')}:</Text>
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} layout="fixed" style={{ overflowWrap: 'anywhere' }}>
        <Table.Thead hidden><Table.Tr><Table.Th>Setting</Table.Th><Table.Th>Values</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{changes.map((change) => <Difference key={`${change.group} ${change.key}`} change={change} />)}</Table.Tbody>
      </Table>
      {paused > 0 && <Text size="sm">{counted(paused, 'mass email')} will be paused, because mail would leave for real.</Text>}
      <Group gap="xs"><Button loading={taking} onClick={onTake}>Take over</Button><Button variant="default" disabled={taking} onClick={onCancel}>Cancel</Button></Group>
    </Stack>
  )
}

function Difference({ change: { group, key, before, after, secret } }: { change: api.FileChange }) {
  const title = group === 'scheduledJobs' ? key.replace('.', ': ') : settingsApi.settingsOf(group).find((setting) => setting.key === key)?.title ?? key
  const where = group === 'scheduledJobs' ? 'Scheduled Jobs' : groupTitles[group]
  return (
    <Table.Tr>
      <Table.Td w="45%" pr="sm" style={{ verticalAlign: 'top' }}>{title} <Text span size="xs" c="dimmed">{where}</Text></Table.Td>
      <Table.Td>{secret ? 'must be entered anew: host or user name are others' : <><Text span inherit c="dimmed">{valueInWords(group, key, before)}</Text> → {valueInWords(group, key, after)}</>}</Table.Td>
    </Table.Tr>
  )
}
