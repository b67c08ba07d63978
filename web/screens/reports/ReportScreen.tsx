/** One report: its questions, its answer as chart, table or list, and what can be done with it. The address keeps what is shown. */
import { Alert, Button, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import * as api from '../../../src/reports/contract.ts'
import { useRead } from '../../api/client.ts'
import { useReportSources } from '../../api/reports.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { useUrlJson, useUrlText } from '../../ui/url-state.ts'
import { GridReport } from './GridReport.tsx'
import { ListReport } from './ListReport.tsx'
import { ReportActions } from './ReportActions.tsx'
import { ReportSchedules } from './ReportSchedules.tsx'
import { type Answers, ReportQuestions } from './ReportQuestions.tsx'
import { placeWords } from './faults.ts'
import { kindWords } from './report-words.ts'
import { usePrintedLight } from './use-printed-light.ts'
import './print.css'

export function ReportScreen() {
  const id = useParams()['id']!
  const report = useRead(api.getReport, { params: { id } })
  const source = useReportSources().find(({ name }) => name === report.entityType)
  const [answers, setAnswers] = useUrlJson<Answers>('answers', {})
  const [sort, setSort] = useUrlText('sort')
  usePrintedLight()
  const run = { answers, ...(sort && { sort }) }
  const facts = [source && kindWords(report.kind, source), report.category, report.assignedUserName && `looked after by ${report.assignedUserName}`, report.description].filter(Boolean)
  return (
    <Page title={report.name} about={facts.join(' · ')} back={{ to: paths.reports(), title: 'Reports' }} action={<ReportActions report={report} source={source} run={run} />}>
      <Stack gap="md">
        <ReportProblems report={report} />
        {!source && <Alert color="lamp" variant="light" icon={<IconAlertTriangle aria-hidden />} title="You may not see what it is about">Your roles do not let you read {report.entityType} records, or there are none any more. Ask an administrator if you need them.</Alert>}
        {source && <ReportQuestions report={report} source={source} answers={answers} onAnswers={(given) => setAnswers(Object.keys(given).length > 0 ? given : undefined)} />}
        {source && report.problems.length === 0 && (report.kind === 'grid'
          ? <GridReport report={report} source={source} run={run} onSort={setSort} />
          : <ListReport report={report} source={source} run={run} onSort={setSort} />)}
        {source && <div data-no-print><ReportSchedules reportId={id} /></div>}
      </Stack>
    </Page>
  )
}

/** A field was removed, a list is gone: which, and what to do. */
function ReportProblems({ report: { id, problems } }: { report: api.Report }) {
  if (problems.length === 0) return null
  return (
    <Alert color="lamp" variant="light" icon={<IconAlertTriangle aria-hidden />} title="This report asks for something that is no longer there">
      <List size="sm">{problems.map(({ path, message }) => <List.Item key={path + message}><b>{placeWords(path)}</b>: {message}</List.Item>)}</List>
      <Text size="sm" mt={4}>It cannot be run until that is taken out. The builder marks the place.</Text>
      <Button component={Link} to={paths.editReport(id)} size="compact-sm" variant="light" mt="xs">Mend it in the builder</Button>
    </Alert>
  )
}
