/** A report being built: questions in plain words at the left, what they answer at the right, nothing kept until it is saved. */
import { Box, Button, Stack, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/reports/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { BuilderSteps } from './BuilderSteps.tsx'
import { Preview } from './Preview.tsx'
import { ReportAbout } from './ReportAbout.tsx'
import { type Draft, bodyOf, missingIn, tidied, unfinishedIn } from './draft.ts'
import { type Faults, faultsOf } from './faults.ts'
import { suggestedName } from './report-words.ts'
import { usePreview } from './use-preview.ts'
import classes from './ReportBuilder.module.css'

type ReportBuilderProps = { report?: api.Report; first: Draft; sources: api.ReportSource[] }

export function ReportBuilder({ report, first, sources }: ReportBuilderProps) {
  const [draft, setDraft] = useState(first)
  const change = (part: Partial<Draft>) => setDraft((before) => tidied({ ...before, ...part }))
  const source = sources.find(({ name }) => name === draft.entityType)!
  const missing = missingIn(draft)
  const preview = usePreview(draft, missing === undefined)
  const { save, saving, error } = useSaving(report, draft, first, source)
  const faults: Faults = faultsOf(preview.error, error, report?.problems ?? [], draft === first)
  const name = suggestedName(draft, source)
  return (
    <Page title={report ? `Edit ${report.name}` : 'New report'} back={report ? { to: paths.report(report.id), title: report.name } : { to: paths.reports(), title: 'Reports' }}
      action={<><Cancel to={report ? paths.report(report.id) : paths.reports()} /><ReasonButton reason={unfinishedIn(draft)} loading={saving} leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={save}>Save</ReasonButton></>}>
      <Box className={classes['frame']}>
        <Stack gap="md" miw={0}>
          <ErrorNote error={error} />
          <Panel title="The report" hideTitle>
            <TextInput label="Name" placeholder={name} maxLength={200} value={draft.name} error={faults.of('name')} onChange={(event) => change({ name: event.currentTarget.value })} />
          </Panel>
          <BuilderSteps draft={draft} source={source} sources={sources} faults={faults} onChange={change} onDraft={setDraft} />
          <Panel title="Description, category, teams" foldsAs="report-about"><ReportAbout about={draft} onAbout={change} errors={faults.byField} /></Panel>
        </Stack>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
        <div className={classes['preview']} tabIndex={0} role="group" aria-label="What it answers now"><Preview draft={draft} source={source} name={draft.name || name} missing={missing} preview={preview} /></div>
      </Box>
    </Page>
  )
}

function Cancel({ to }: { to: string }) {
  const navigate = useNavigate()
  return <Button variant="default" onClick={() => { void navigate(to) }}>Cancel</Button>
}

function useSaving(report: api.Report | undefined, draft: Draft, first: Draft, source: api.ReportSource) {
  const navigate = useNavigate()
  const [saved, setSaved] = useState<string>()
  const refreshes = [api.listReports, api.getReport, api.listPins, api.runReport, api.listReportRows]
  const options = { refreshes, done: ({ id }: api.Report) => setSaved(id) }
  const creation = useAction(api.createReport, options)
  const edit = useAction(api.changeReport, options)
  useUnsavedWarning(saved === undefined && draft !== first && JSON.stringify(draft) !== JSON.stringify(first))
  useEffect(() => { if (saved) void navigate(paths.report(saved), { replace: true }) }, [saved, navigate])
  const save = () => {
    const body = bodyOf(draft, draft.name.trim() || suggestedName(draft, source))
    if (report) edit.mutate({ params: { id: report.id }, body })
    else creation.mutate({ body })
  }
  return { save, saving: creation.isPending || edit.isPending || saved !== undefined, error: (report ? edit : creation).error }
}
