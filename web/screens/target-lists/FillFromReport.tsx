/** From a report to a target list: everybody in it joins, once or from now on. */
import { Button, Group, Modal, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { finder } from '../../api/find.ts'
import { useWhyNot } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'
import { type Fill, useFill } from './use-fill.ts'

type FillFromReportProps = { reportId: string; reportName: string }

/** A button with its dialog. */
export function FillFromReport(report: FillFromReportProps) {
  const [open, setOpen] = useState(false)
  const whyNot = useWhyNot('TargetList', 'edit', 'target lists')
  return (
    <>
      <ReasonButton variant="default" leftSection={<IconUsersPlus size={16} aria-hidden />} reason={whyNot} onClick={() => setOpen(true)}>Fill a target list</ReasonButton>
      {open && <FillFromReportDialog {...report} onClose={() => setOpen(false)} />}
    </>
  )
}

const ways: { value: Fill['how']; label: string; description: string }[] = [
  { value: 'once', label: 'Once', description: 'Everybody who is in the report now. Who matches later does not join.' },
  { value: 'mirror', label: 'Keep in step', description: 'The list follows the report: who matches joins, whom it brought leaves when it names that person no more. Always before a mailing.' },
  { value: 'addOnly', label: 'Keep adding', description: 'Who matches joins, now and later, and nobody leaves.' },
]

export function FillFromReportDialog({ reportId, reportName, onClose }: FillFromReportProps & { onClose: () => void }) {
  const navigate = useNavigate()
  const [into, setInto] = useState<'new' | 'existing'>('new')
  const [name, setName] = useState(reportName)
  const [list, setList] = useState<Pick | null>(null)
  const [how, setHow] = useState<Fill['how']>('once')
  const fill = useFill((listId) => { onClose(); void navigate(paths.targetList(listId)) })
  const missing = into === 'new' ? (name.trim() ? undefined : 'Give the list a name first') : list ? undefined : 'Choose a list first'
  return (
    <Modal opened onClose={onClose} size="lg" title={`Fill a target list from “${reportName}”`}>
      <form onSubmit={(event) => { event.preventDefault(); if (!missing) fill.mutate({ reportId, how, into: into === 'new' ? { name: name.trim() } : { id: list!.id, name: list!.name } }) }}>
        <Stack gap="md">
          <SegmentedControl aria-label="Which list" value={into} onChange={(value) => setInto(value as typeof into)} data={[{ value: 'new', label: 'A new list' }, { value: 'existing', label: 'An existing list' }]} />
          {into === 'new'
            ? <TextInput label="Name of the list" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
            : <RecordPicker label="Target list" required kind="target-lists" find={finder('target-lists')} value={list} onPick={setList} />}
          <Radio.Group label="How" value={how} onChange={(value) => setHow(value as Fill['how'])}>
            <Stack gap="xs" mt={6}>{ways.map((way) => <Radio key={way.value} {...way} />)}</Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">{into === 'existing' && how !== 'once' ? 'Reports that the list follows already stay, and how it follows them becomes what you choose here. ' : ''}Whoever opted out of the list stays opted out.</Text>
          <ErrorNote error={fill.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={fill.isPending} disabled={missing !== undefined} title={missing}>{into === 'new' ? 'Make and fill it' : 'Fill it'}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
