/** A report as a mail for one person, run with his rights: sentence, chart, first rows, link, file. */
import type { Actor } from '../access/actor.ts'
import { chartOfGrid } from '../charts/of-grid.ts'
import { pngOf } from '../charts/png.ts'
import type { ListContext } from '../listing/listable.ts'
import type { MessageFile } from '../message/files.ts'
import type { Db } from '../platform/db.ts'
import type { Report, ReportRun } from '../reports/contract.ts'
import { readReport } from '../reports/report-list.ts'
import { runReport } from '../reports/run.ts'
import { readGeneral } from '../settings/settings.ts'
import { attachmentOf } from './attachment.ts'
import { asHtml, asText, type Part } from '../system-mail/letter.ts'
import { dateAndTime } from '../platform/date-and-time.ts'
import { logoParts } from '../system-mail/logo.ts'
import { tableOfRun } from './run-as-table.ts'

export type Letter = { subject: string; text: string; html: string; files: MessageFile[]; found: boolean; exported: boolean; report: { id: string; name: string } }
export type LetterChoice = { reportId: string; attach: 'none' | 'csv' | 'xlsx'; includeChart: boolean }

const rowsShown = 50
/** Narrow enough that its words can be read on a phone, where it is shrunk. */
const chartWidth = 520

/** Throws AppError: 404 for a report that this person may not read (any more), and what is wrong with the report. */
export async function reportLetter(db: Db, actor: Actor, { reportId, attach, includeChart }: LetterChoice, context: ListContext): Promise<Letter> {
  const report = await readReport(db, actor, reportId, context)
  const run = await runReport(db, actor, report, { limit: rowsShown }, context)
  const general = await readGeneral(db)
  const logo = await logoParts(db, general)
  const table = tableOfRun(run, rowsShown, context.timeZone)
  const picture = includeChart ? await pictureOf(report, run) : null
  const file = attach === 'none' ? null : await attachmentOf(db, actor, report, attach, context)
  const parts: Part[] = [
    ...logo.parts,
    { kind: 'text', text: introduction(report, table.total, table.totalIsEstimate, context) },
    ...(picture ? [picture.part] : []),
    ...(table.total === 0 ? [] : [table]),
    ...(table.total > rowsShown ? [{ kind: 'quiet' as const, text: `These are the first ${rowsShown} rows.` }] : []),
    ...(file?.note ? [{ kind: 'quiet' as const, text: file.note }] : []),
    { kind: 'link', text: 'Open the report in Tidings', url: `${general.siteUrl}/reports/${report.id}` },
    { kind: 'quiet', text: 'It is mailed on a schedule. You can take yourself out on the report’s page, under “By mail”.' },
  ]
  return {
    subject: `${report.name}: ${context.now.toLocaleDateString('en-GB', { timeZone: context.timeZone, dateStyle: 'medium' })}`, text: asText(report.name, parts), html: asHtml(report.name, parts),
    files: [...logo.files, ...(picture ? [picture.file] : []), ...(file?.file ? [file.file] : [])], found: table.total > 0, exported: Boolean(file?.file), report: { id: report.id, name: report.name },
  }
}

function introduction({ kind }: Report, total: number, isEstimate: boolean, { now, timeZone }: ListContext): string {
  const at = `${dateAndTime(now, timeZone)} (${timeZone})`
  if (total === 0) return `The report found nothing at ${at}.`
  const count = `${isEstimate ? (kind === 'grid' ? 'more than ' : 'about ') : ''}${total.toLocaleString('en')}`
  return `${count} ${kind === 'grid' ? (total === 1 ? 'group' : 'groups') : total === 1 ? 'row' : 'rows'} at ${at}, with what you may see.`
}

async function pictureOf(report: Report, run: ReportRun): Promise<{ part: Part; file: MessageFile } | null> {
  if (run.kind !== 'grid' || !report.chart || run.rows.length === 0) return null
  const { chart } = chartOfGrid(run, report.chart, report.name, 'en-GB')
  const { bytes } = await pngOf(chart, { width: chartWidth, margin: 8 })
  const contentId = 'chart@tidings'
  return {
    part: { kind: 'picture', contentId, alt: `Chart: ${report.name}. Its numbers stand in the table below.`, width: chartWidth },
    file: { fileName: 'chart.png', contentType: 'image/png', content: bytes, contentId },
  }
}
