/** With which reports a list is kept in step, and how. */
import { Button, Group, Modal, Radio, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import * as audience from '../../../src/audience/contract.ts'
import * as api from '../../../src/list-sync/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { type Chosen, ReportsInput } from './ReportsInput.tsx'
import { modeWords } from './sync-words.ts'
import { useSyncNow } from './use-sync-now.ts'

type ReportSyncFormProps = { list: { id: string; name: string }; sync: api.ReportSync; onClose: () => void }

export function ReportSyncForm({ list, sync, onClose }: ReportSyncFormProps) {
  const [reports, setReports] = useState<Chosen[]>(sync.reports)
  const [mode, setMode] = useState(sync.mode)
  const [strict, setStrict] = useState(sync.strict)
  const syncNow = useSyncNow(list)
  const save = useAction(api.setReportSync, { refreshes: [api.getReportSync, audience.getTargetList], done: () => { onClose(); void syncNow() } })
  const submit = () => save.mutate({ params: { id: list.id }, body: { reportIds: reports.map(({ id }) => id), mode, strict: mode === 'mirror' && strict, active: true } })
  return (
    <Modal opened onClose={onClose} size="lg" title={`Keep “${list.name}” in step with reports`}>
      <form onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Stack gap="md">
          <ReportsInput value={reports} onChange={setReports} description="Everybody who is in any of them." />
          <Radio.Group label="What happens" value={mode} onChange={(value) => setMode(value as api.ReportSync['mode'])}>
            <Stack gap="xs" mt={6}>
              {(['mirror', 'addOnly'] as const).map((each) => <Radio key={each} value={each} label={modeWords[each].title} description={modeWords[each].about} />)}
            </Stack>
          </Radio.Group>
          {mode === 'mirror' && (
            <Switch checked={strict} onChange={(event) => setStrict(event.currentTarget.checked)} label="Also take out who was added by hand"
              description="By hand, import, form or API. Left off, these members stay." />
          )}
          <Text size="sm" c="dimmed">
            It runs every hour, when somebody presses <i>Sync now</i>, and always before a mass email to or without this list starts. It runs with your rights: only people whom you may see.
            Whoever opted out of the list stays opted out.
          </Text>
          <ErrorNote error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={save.isPending} disabled={reports.length === 0} title={reports.length === 0 ? 'Choose a report first' : undefined}>Save and sync now</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
