/** Uploaded files until their import ends: on the disk that took them, and in the database for a worker on another machine. */
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

const partBytes = 1024 * 1024

/** In the transaction that queues the import: whoever runs it finds the whole file. */
export async function keepFile(tx: Tx, importId: string, path: string): Promise<void> {
  let part = 0
  for await (const content of createReadStream(path, { highWaterMark: partBytes }) as AsyncIterable<Buffer>) {
    await tx.insertInto('importFile').values({ importId, part: part++, content }).execute()
  }
}

/** Where the file lies on this machine; it is fetched when it does not. Null when it is nowhere. */
export async function fileHere(db: Db, importId: string, path: string, folder: string): Promise<string | null> {
  if (existsSync(path)) return path
  const fetched = join(folder, importId)
  const unfinished = `${fetched}.part`
  await mkdir(folder, { recursive: true })
  await rm(unfinished, { force: true })
  let part = 0
  for (; ; part++) {
    const row = await db.selectFrom('importFile').select('content').where('importId', '=', importId).where('part', '=', part).executeTakeFirst()
    if (!row) break
    await writeFile(unfinished, row.content, { flag: 'a', mode: 0o600 })
  }
  if (part === 0) return null
  await rename(unfinished, fetched)
  return fetched
}

/** After the import has ended, whatever became of it. */
export async function forgetFile(db: Db, importId: string, paths: readonly (string | null)[]): Promise<void> {
  await db.deleteFrom('importFile').where('importId', '=', importId).execute()
  for (const path of paths) if (path !== null) await rm(path, { force: true })
}

/** Files of imports that were canceled before they began, or given up with their worker. */
export const forgetEndedFiles = (db: Db) => sql`
  delete from import_file f using import i left join task t on t.id = i.task_id
   where i.id = f.import_id and coalesce(t.status, 'failed') not in ('queued', 'running')`.execute(db)
