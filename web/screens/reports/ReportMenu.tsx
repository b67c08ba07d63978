/** The menu of a report in a list. */
import { Menu } from '@mantine/core'
import { IconCopy, IconPencil, IconPin, IconPinnedOff, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import type { Report } from '../../../src/reports/contract.ts'
import { useWhyNot, useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { usePinSwitch, useReportActions } from './report-actions.tsx'

export function ReportMenu({ report }: { report: Report }) {
  const navigate = useNavigate()
  const [whyNotEdit, whyNotDelete, whyNotCreate] = [useWhyNot('Report', 'edit', 'reports'), useWhyNot('Report', 'delete', 'reports'), useWhyNotCreate('Report', 'reports')]
  const { pin, unpin, whyNotPin } = usePinSwitch(report)
  const { duplicate, remove } = useReportActions(report)
  return (
    <>
      <ReasonMenuItem icon={IconPlayerPlay} onClick={() => { void navigate(paths.report(report.id)) }}>Run</ReasonMenuItem>
      <ReasonMenuItem icon={IconPencil} reason={whyNotEdit} onClick={() => { void navigate(paths.editReport(report.id)) }}>Edit</ReasonMenuItem>
      <ReasonMenuItem icon={IconCopy} reason={whyNotCreate} onClick={duplicate}>Duplicate</ReasonMenuItem>
      {report.pinned
        ? <ReasonMenuItem icon={IconPinnedOff} onClick={unpin}>Take off Home</ReasonMenuItem>
        : <ReasonMenuItem icon={IconPin} reason={whyNotPin} onClick={pin}>Pin to Home</ReasonMenuItem>}
      <Menu.Divider />
      <ReasonMenuItem icon={IconTrash} danger reason={whyNotDelete} onClick={remove}>Delete…</ReasonMenuItem>
    </>
  )
}
