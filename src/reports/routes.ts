/** The API of reports: each line ties an endpoint to the function that does it. */
import { Readable } from 'node:stream'
import { z } from 'zod'
import { audit } from '../access/audit.ts'
import { asFile } from '../exchange/as-file.ts'
import { type Call, type Route, serve, serveRaw } from '../http/serve.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { type Endpoint, jsonText } from '../platform/endpoint.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { exportReport } from './export.ts'
import { pinnedReports, setPins } from './pins.ts'
import { readReport, readWritten, reportsPage } from './report-list.ts'
import { changeReport, createReport, duplicateReport, removeReport, type ReportUses } from './reports.ts'
import { reportRows } from './rows.ts'
import { previewReport, runReport } from './run.ts'
import { sourcesFor } from './source.ts'

/** `uses` come from the application: who uses a report is not known here. */
export const reportRoutes = (uses: ReportUses): Route[] => [
  serve(api.listReports, async (call) => reportsPage(call.db, call.actor, call.query, await contextOf(call))),
  serve(api.createReport, (call) => thenRead(call, (tx, context) => createReport(tx, call.actor, call.body, context))),
  serve(api.getReport, async (call) => readReport(call.db, call.actor, call.params.id, await contextOf(call))),
  serve(api.changeReport, (call) => thenRead(call, async (tx, context) => {
    await changeReport(tx, call.actor, call.params.id, call.body, context, call.expectVersion, uses)
    return call.params.id
  })),
  serve(api.removeReport, ({ db, actor, params }) => db.transaction().execute((tx) => removeReport(tx, actor, params.id, uses))),
  serve(api.duplicateReport, (call) => thenRead(call, (tx) => duplicateReport(tx, call.actor, call.params.id, call.body.name, call.now))),
  serve(api.listReportSources, async ({ actor }) => {
    const items = sourcesFor(actor)
    return { items, next: null, total: items.length, totalIsEstimate: false }
  }),
  serve(api.runReport, async (call) => {
    const context = await contextOf(call)
    return runReport(call.db, call.actor, await readReport(call.db, call.actor, call.params.id, context), call.body, context)
  }),
  serve(api.previewReport, async (call) => previewReport(call.db, call.actor, call.body, await contextOf(call))),
  serve(api.listReportRows, async (call) => {
    const context = await contextOf(call)
    return reportRows(call.db, call.actor, await readReport(call.db, call.actor, call.params.id, context), call.body, context)
  }),
  ...(['csv', 'xlsx'] as const).map((kind) =>
    serveRaw('GET', `/api/v1/reports/:id/export.${kind}`, { allow: 'signedIn', summary: `A run of a report as ${kind.toUpperCase()}: answers (JSON), sort` },
      async (request, reply, { db, actor, now }) => {
        const context = await listContext(db, now)
        const report = await readReport(db, actor, (request.params as { id: string }).id, context)
        const pieces = await exportReport(db, actor, report, kind, exportQuery.parse(request.query), context)
        await audit(db, actor, 'exported', { type: 'Report', id: report.id, name: report.name })
        return reply.headers(asFile(`${report.name}.${kind}`, kind)).send(Readable.from(pieces))
      })),
  serve(api.listPins, async (call) => ({ items: await pinnedReports(call.db, call.actor, await contextOf(call)) })),
  serve(api.setPins, async (call) => {
    await call.db.transaction().execute((tx) => setPins(tx, call.actor, call.body.reportIds))
    return { items: await pinnedReports(call.db, call.actor, await contextOf(call)) }
  }),
]

const exportQuery = z.strictObject({ answers: jsonText.pipe(z.record(z.string(), z.unknown())).default({}), sort: z.string().max(220).optional() })

const contextOf = ({ db, now }: { db: Db; now: Date }) => listContext(db, now)

/** Does the work in a transaction, then answers the report as GET does. */
async function thenRead(call: Pick<Call<Endpoint>, 'db' | 'now' | 'actor'>, work: (tx: Tx, context: ListContext) => Promise<string>): Promise<api.Report> {
  const context = await contextOf(call)
  const id = await call.db.transaction().execute((tx) => work(tx, context))
  return readWritten(call.db, call.actor, id, context)
}
