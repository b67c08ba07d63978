/** Who changed what on this screen, before and after; and *Take back*. */
import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import * as api from '../../../src/settings/contract.ts'
import { type AnyEndpoint, useAction, usePages } from '../../api/client.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { valueInWords } from './setting-words.ts'

type Props = {
  group: api.SettingGroup
  /** Reads the settings again, for the form. */
  refreshes: AnyEndpoint[]
  /** With unsaved changes nothing can be taken back. */
  dirty: boolean
  onTakenBack: () => void
}

export function SettingsHistory({ group, refreshes, dirty, onTakenBack }: Props) {
  const { rows, more, loadingMore, loading, error } = usePages(api.listSettingChanges, { query: { filter: JSON.stringify({ field: 'group', op: 'equals', value: group }), limit: 10 } })
  const takeBack = useAction(api.takeBackSettingChange, { refreshes: [...refreshes, api.listSettingChanges], done: () => { onTakenBack(); succeeded('Taken back.') } })
  const ask = async (change: api.SettingChange) => {
    const body = <Fields group={group} fields={change.fields.filter(({ secret }) => !secret).map(({ key, before, after }) => ({ key, before: after, after: before }))} />
    if (await confirm({ title: 'Take this change back?', body, confirm: 'Take back' })) takeBack.mutate({ params: { id: change.id } })
  }
  return (
    <Panel title="History" about="Who changed what here, and when.">
      <ErrorNote error={error ?? takeBack.error} />
      {!loading && rows.length === 0 && <Empty icon={IconHistory}>Nothing was changed yet. What you save here is listed with the values before and after, and can be taken back.</Empty>}
      <Stack gap="lg">
        {rows.map((change) => <Change key={change.id} change={change} dirty={dirty} onTakeBack={() => void ask(change)} />)}
        {more && <Button variant="default" loading={loadingMore} onClick={more} style={{ alignSelf: 'start' }}>Show older changes</Button>}
      </Stack>
    </Panel>
  )
}

const hows = { changed: '', takenBack: 'took a change back', imported: 'imported a file' }

function Change({ change, dirty, onTakeBack }: { change: api.SettingChange; dirty: boolean; onTakeBack: () => void }) {
  const onlySecrets = change.fields.every(({ secret }) => secret)
  const reason = onlySecrets ? 'Earlier secrets are kept nowhere' : dirty ? 'Save or discard your changes first' : undefined
  return (
    <div data-change>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm"><b>{change.userName}</b>{hows[change.how] && ` ${hows[change.how]}`}, <TimeAgo at={change.at} /></Text>
        <Button size="compact-sm" variant="default" disabled={reason !== undefined} title={reason} onClick={onTakeBack} aria-label={`Take back the change of ${titles(change)}`}>Take back</Button>
      </Group>
      {onlySecrets && <Text size="xs" c="dimmed">Earlier secrets are kept nowhere, so this cannot be taken back.</Text>}
      <Fields group={change.group} fields={change.fields} />
    </div>
  )
}

const titleOf = (group: api.SettingGroup, key: string) => api.settingsOf(group).find((setting) => setting.key === key)?.title ?? key
const titles = ({ group, fields }: api.SettingChange) => fields.map(({ key }) => titleOf(group, key)).join(', ')

function Fields({ group, fields }: { group: api.SettingGroup; fields: api.SettingChange['fields'] }) {
  return (
    <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} layout="fixed" style={{ overflowWrap: 'anywhere' }}>
      <Table.Thead hidden><Table.Tr><Table.Th>Setting</Table.Th><Table.Th>Values</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {fields.map(({ key, secret, before, after }) => (
          <Table.Tr key={key}>
            <Table.Td w="40%" pr="sm" style={{ verticalAlign: 'top' }}>{titleOf(group, key)}</Table.Td>
            <Table.Td>{secret ? 'changed' : <><Text span inherit c="dimmed">{valueInWords(group, key, before)}</Text> → {valueInWords(group, key, after)}</>}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
