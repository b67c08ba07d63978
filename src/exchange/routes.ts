/** The API of imports and exports. Uploads and streams are no JSON and are read and written here. */
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Actor, expectMay } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { once } from '../http/idempotency.ts'
import { type RawRoute, type Route, serve, serveRaw } from '../http/serve.ts'
import { listQuery } from '../platform/endpoint.ts'
import type { Ground } from '../platform/ground.ts'
import { definitionAt } from '../records/entity-types.ts'
import { listContext } from '../records/records.ts'
import * as api from './contract.ts'
import { asFile } from './as-file.ts'
import { auditCsv } from './export-audit.ts'
import { exportCsv, type ExportQuery, exportXlsx } from './export.ts'
import { suppressionsCsv } from './export-suppressions.ts'
import { listImportRows, listImports, readImport } from './import-lists.ts'
import { previewOf } from './preview.ts'
import { rejectsCsv } from './rejects.ts'
import { startRevert } from './revert.ts'
import { importFolder, startImport } from './start-import.ts'
import { forgetEndedFiles } from './uploaded-file.ts'
import { keptForPreview, readUpload, removeForgotten, toDisk } from './upload.ts'

const exportQuery = listQuery.pick({ filter: true, q: true, fields: true, sort: true })

export const routes: Route[] = [
  serveRaw('POST', '/api/v1/imports', { allow: 'may:import', summary: 'Import a file: multipart parts file and settings (JSON)' },
    async (request, reply, { db, secrets, actor, now, environment }) => {
      const folder = importFolder(environment.dataDir)
      await removeForgotten(folder)
      await forgetEndedFiles(db)
      const { file, settings } = await readUpload(request, api.ImportSettings,
        async ({ content, name }) => ({ ...(await toDisk(folder, content)), name }), ({ path }) => rm(path, { force: true }))
      const start = async () => ({ status: 202, body: { task: await startImport(db, actor, file, settings, now) } })
      return reply.code(202).send(await onceForKey({ db, secrets }, actor, request.headers['idempotency-key'], file, settings, start))
    }),
  serveRaw('POST', '/api/v1/imports/preview', { allow: 'may:import', summary: 'Look into a file first: multipart parts file and settings {entityType, encoding?, delimiter?, header?}' },
    async (request, reply, { environment }) => {
      const folder = importFolder(environment.dataDir)
      const discard = ({ path }: { path: string }) => rm(path, { force: true })
      const { file, settings } = await readUpload(request, api.PreviewSettings, async ({ content, name }) => ({ ...(await keptForPreview(folder, content)), name }), discard)
      try {
        return await reply.send(await previewOf(file.path, file.name, settings))
      } finally {
        await discard(file)
      }
    }),
  serve(api.listImports, ({ db, actor, query, now }) => listImports(db, actor, query, now)),
  serve(api.readImport, ({ db, actor, params, now }) => readImport(db, actor, params.id, now)),
  serve(api.listImportRows, ({ db, actor, params, query, now }) => listImportRows(db, actor, params.id, query, now)),
  serve(api.revertImport, ({ db, actor, params, now }) => startRevert(db, actor, params.id, now)),
  serveRaw('GET', '/api/v1/imports/:id/rejects.csv', { allow: 'may:import', summary: 'The rejected rows of an import with their reasons' },
    async (request, reply, { db, actor, now }) => {
      const { id, header, fileName } = await readImport(db, actor, (request.params as { id: string }).id, now)
      return reply.headers(asFile(`rejects of ${fileName}`)).send(Readable.from(rejectsCsv(db, id, header)))
    }),
  ...(['csv', 'xlsx'] as const).flatMap((kind) => [
    serveRaw('GET', `/api/v1/:slug/export.${kind}`, { allow: 'signedIn', summary: `The records that a filter finds, as ${kind.toUpperCase()}` },
      sendExport(kind, (request) => exportQuery.parse(request.query))),
    serveRaw('POST', `/api/v1/:slug/export.${kind}`, { allow: 'signedIn', summary: `Chosen records, however many, as ${kind.toUpperCase()}: {selection: {ids} or {filter, q}, fields?, sort?}` },
      sendExport(kind, (request) => queryOf(api.ExportRequest.parse(request.body)))),
  ]),
  serveRaw('GET', '/api/v1/audit-log/export.csv', { allow: 'administrator', summary: 'The audit log that a filter finds, as CSV' },
    async (request, reply, { db, actor, now }) => {
      expectMay(actor, 'export')
      const query = exportQuery.omit({ fields: true }).parse(request.query)
      const pieces = await auditCsv(db, query, now)
      await audit(db, actor, 'exported', { type: 'AuditLog', detail: { everything: query.filter === undefined && !query.q } })
      return reply.headers(asFile('audit-log.csv')).send(Readable.from(pieces))
    }),
  serveRaw('GET', '/api/v1/suppressions/export.csv', { allow: 'may:changeOptOuts', summary: 'The suppressed addresses that a filter finds, as CSV' },
    async (request, reply, { db, actor, now }) => {
      expectMay(actor, 'export')
      const { filter, q } = exportQuery.parse(request.query)
      await audit(db, actor, 'exported', { type: 'Suppression' })
      return reply.headers(asFile('suppressions.csv')).send(Readable.from(suppressionsCsv(db, { filter, q }, await listContext(db, now))))
    }),
]

function sendExport(kind: 'csv' | 'xlsx', read: (request: FastifyRequest) => ExportQuery): RawRoute['handleRaw'] {
  const write = kind === 'csv' ? exportCsv : exportXlsx
  return async (request, reply, { db, actor, now }) => {
    const type = definitionAt((request.params as { slug: string }).slug)
    const pieces = await write(db, actor, type, read(request), await listContext(db, now))
    await audit(db, actor, 'exported', { type: type.name })
    return reply.headers(asFile(`${type.slug}.${kind}`, kind)).send(Readable.from(pieces))
  }
}

const queryOf = ({ selection, ...query }: z.output<typeof api.ExportRequest>): ExportQuery =>
  ({ ...query, ...('ids' in selection ? { filter: { field: 'id', op: 'in', value: selection.ids } } : selection) })

type Start = () => Promise<{ status: number; body: unknown }>

/** An Idempotency-Key holds for the same file with the same settings. A file that no import was started with is not kept. */
async function onceForKey(
  ground: Pick<Ground, 'db' | 'secrets'>, { userId }: Actor, key: string | string[] | undefined, file: { path: string; digest: string }, settings: object, start: Start,
) {
  let started = false
  const work: Start = async () => {
    const answer = await start()
    started = true
    return answer
  }
  try {
    if (key === undefined) return (await work()).body
    return (await once(ground, { userId, key: String(key), request: ['imports', file.digest, settings] }, work)).body
  } finally {
    if (!started) await rm(file.path, { force: true })
  }
}
