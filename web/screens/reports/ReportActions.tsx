/** What can be done with a report on its page: fill a target list, export, print, edit, pin, share, duplicate, delete. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconDownload, IconPencil, IconPin, IconPinnedOff, IconPrinter, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Report, ReportSource } from '../../../src/reports/contract.ts'
import { queryText } from '../../api/query-text.ts'
import type { Run } from '../../api/reports.ts'
import { useMay, useWhyNot, useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { FillFromReport } from '../target-lists/FillFromReport.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { usePinSwitch, useReportActions } from './report-actions.tsx'

type ReportActionsProps = { report: Report; source: ReportSource | undefined; run: Run }

export function ReportActions({ report, source, run }: ReportActionsProps) {
  const whyNotEdit = useWhyNot('Report', 'edit', 'reports')
  const broken = report.problems.length > 0 || !source
  return (
    <>
      {report.kind === 'list' && source?.fillsTargetLists && !broken && <FillFromReport reportId={report.id} reportName={report.name} />}
      <ExportMenu report={report} run={run} broken={broken} />
      {whyNotEdit
        ? <ReasonButton reason={whyNotEdit} variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => {}}>Edit</ReasonButton>
        : <Button component={Link} to={paths.editReport(report.id)} variant="default" leftSection={<IconPencil size={16} aria-hidden />}>Edit</Button>}
      <More report={report} />
    </>
  )
}

function ExportMenu({ report: { id }, run: { answers, sort }, broken }: { report: Report; run: Run; broken: boolean }) {
  const mayExport = useMay('export')
  const link = (kind: 'csv' | 'xlsx') => `/api/v1/reports/${id}/export.${kind}${queryText({ answers: Object.keys(answers ?? {}).length > 0 ? answers : undefined, sort })}`
  const icon = <IconDownload size={16} aria-hidden />
  const reason = broken ? 'It cannot be run.' : mayExport ? undefined : 'Your roles do not let you export.'
  if (reason) return <ReasonButton reason={reason} variant="default" leftSection={icon} onClick={() => {}}>Export</ReasonButton>
  return (
    <Menu>
      <Menu.Target><Button variant="default" leftSection={icon}>Export</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={link('csv')} download>As CSV</Menu.Item>
        <Menu.Item component="a" href={link('xlsx')} download>As a spreadsheet (XLSX)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function More({ report }: { report: Report }) {
  const navigate = useNavigate()
  const [sharing, setSharing] = useState(false)
  const { pin, unpin, whyNotPin } = usePinSwitch(report)
  const { duplicate, remove } = useReportActions(report, () => { void navigate(paths.reports()) })
  const [whyNotEdit, whyNotDelete, whyNotCreate] = [useWhyNot('Report', 'edit', 'reports'), useWhyNot('Report', 'delete', 'reports'), useWhyNotCreate('Report', 'reports')]
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size={36} variant="default" aria-label="More actions"><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {report.pinned
            ? <ReasonMenuItem icon={IconPinnedOff} onClick={unpin}>Take off Home</ReasonMenuItem>
            : <ReasonMenuItem icon={IconPin} reason={whyNotPin} onClick={pin}>Pin to Home</ReasonMenuItem>}
          <ReasonMenuItem icon={IconPrinter} onClick={() => window.print()}>Print</ReasonMenuItem>
          <ReasonMenuItem icon={IconUsers} reason={whyNotEdit} onClick={() => setSharing(true)}>Share, category, owner…</ReasonMenuItem>
          <ReasonMenuItem icon={IconCopy} reason={whyNotCreate} onClick={duplicate}>Duplicate</ReasonMenuItem>
          <Menu.Divider />
          <ReasonMenuItem icon={IconTrash} danger reason={whyNotDelete} onClick={remove}>Delete…</ReasonMenuItem>
        </Menu.Dropdown>
      </Menu>
      {sharing && <ShareDialog report={report} onClose={() => setSharing(false)} />}
    </>
  )
}
