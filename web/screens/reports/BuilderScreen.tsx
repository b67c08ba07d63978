/** The builder: of a new report (perhaps begun by an example or by the filter of a list), and of one that is kept. */
import { useState } from 'react'
import { useParams } from 'react-router'
import { IconShieldCheck } from '@tabler/icons-react'
import * as api from '../../../src/reports/contract.ts'
import { useRead } from '../../api/client.ts'
import { useReportSources } from '../../api/reports.ts'
import { useWhyNot, useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlJson } from '../../ui/url-state.ts'
import { ReportBuilder } from './ReportBuilder.tsx'
import { type Beginning, blankDraft, draftOf, draftOfBeginning } from './draft.ts'

export function NewReportScreen() {
  const sources = useReportSources()
  const [start] = useUrlJson<Beginning | undefined>('start', undefined)
  const whyNot = useWhyNotCreate('Report', 'reports')
  const usual = sources.find(({ name }) => name === 'Contact') ?? sources[0]
  const begun = start && sources.some(({ name }) => name === start.entityType) ? draftOfBeginning(start) : undefined
  if (whyNot || !usual) return <Refused>{whyNot ?? 'Your roles do not let you read anything that a report could be about.'}</Refused>
  return <ReportBuilder key={JSON.stringify(start)} first={begun ?? blankDraft(usual.name)} sources={sources} />
}

export function EditReportScreen() {
  const id = useParams()['id']!
  const sources = useReportSources()
  const report = useRead(api.getReport, { params: { id } })
  // What somebody else saves meanwhile must not take the work in hand away.
  const [opened] = useState(report)
  const whyNot = useWhyNot('Report', 'edit', 'reports')
  if (whyNot) return <Refused>{whyNot}</Refused>
  if (!sources.some(({ name }) => name === opened.entityType)) return <Refused>Your roles do not let you read what this report is about, or it is gone.</Refused>
  return <ReportBuilder report={opened} first={draftOf(opened)} sources={sources} />
}

const Refused = ({ children }: { children: string }) => (
  <Page title="Report" back={{ to: paths.reports(), title: 'Reports' }}><Empty icon={IconShieldCheck}>{children}</Empty></Page>
)
