/** Who sees a report, whose it is, and where it is filed. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import * as api from '../../../src/reports/contract.ts'
import { useAction } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { ReportAbout } from './ReportAbout.tsx'

export function ShareDialog({ report, onClose }: { report: api.Report; onClose: () => void }) {
  const { name, description, category, teamIds, assignedUserId, assignedUserName } = report
  const [about, setAbout] = useState({ name, description, category, teamIds })
  const [owner, setOwner] = useState(assignedUserId ? { id: assignedUserId, name: assignedUserName ?? '…' } : null)
  const change = useAction(api.changeReport, { refreshes: [api.getReport, api.listReports, api.listPins], done: () => { succeeded('Saved.'); onClose() } })
  const save = () => change.mutate({ params: { id: report.id }, body: { ...about, category: about.category.trim(), assignedUserId: owner?.id ?? null } })
  return (
    <Modal opened onClose={onClose} title="Share, category, owner">
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); save() }}>
        <Stack gap="sm">
          {change.error && <ErrorNote error={change.error} />}
          <TextInput label="Name" required data-autofocus maxLength={200} value={about.name} onChange={(event) => setAbout({ ...about, name: event.currentTarget.value })} />
          <ReportAbout about={about} onAbout={(part) => setAbout({ ...about, ...part })} />
          <RecordPicker label="Owner" kind="users" find={finder('users')} value={owner} onPick={setOwner} placeholder="Nobody" />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" loading={change.isPending}>Save</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
