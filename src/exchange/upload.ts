/** Reads an upload: one file, streamed to disk or its beginning kept, and settings as JSON, in any order. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { AppError, type Fault, invalid } from '../platform/errors.ts'

type Upload<File, Settings> = { file: File; settings: Settings }

/** Throws 400 with every fault; `discard` is called with a file that was taken in vain. */
export async function readUpload<File, Settings extends z.ZodType>(
  request: FastifyRequest, schema: Settings,
  take: (file: { content: Readable; name: string }) => Promise<File>, discard: (file: File) => Promise<void>,
): Promise<Upload<File, z.output<Settings>>> {
  if (!request.isMultipart()) throw new AppError('invalid', 'notMultipart', 'Send multipart/form-data with the parts file and settings.')
  const faults: Fault[] = []
  let file: File | undefined
  let settingsText = '{}'
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file' && part.fieldname === 'file') file = await take({ content: part.file, name: nameOf(part.filename) })
      else if (part.type === 'field' && part.fieldname === 'settings') settingsText = String(part.value)
      else {
        faults.push({ path: part.fieldname, message: 'There is no such part; there are file and settings.' })
        if (part.type === 'file') part.file.resume()
      }
    }
    const settings = readSettings(schema, settingsText, faults)
    if (file === undefined) faults.push({ path: 'file', message: 'The part file is missing.' })
    if (faults.length > 0) throw invalid(faults)
    return { file: file!, settings: settings! }
  } catch (error) {
    if (file !== undefined) await discard(file)
    throw error
  }
}

function readSettings<Settings extends z.ZodType>(schema: Settings, text: string, faults: Fault[]): z.output<Settings> | undefined {
  try {
    const read = schema.safeParse(JSON.parse(text))
    if (read.success) return read.data
    faults.push(...read.error.issues.flatMap(faultsOfIssue))
  } catch {
    faults.push({ path: 'settings', message: 'This is not JSON.' })
  }
  return undefined
}

/** As the server words the faults of a JSON body. */
function faultsOfIssue(issue: z.core.$ZodIssue): Fault[] {
  const path = ['settings', ...issue.path].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'There is no such field.' }))
}

/** Never under the name that was sent: it could lead elsewhere. The digest tells the same file sent twice from another one. */
export async function toDisk(folder: string, content: Readable): Promise<{ path: string; digest: string }> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  const hash = createHash('sha256')
  try {
    await pipeline(content, async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    }, createWriteStream(path, { mode: 0o600 }))
    return { path, digest: hash.digest('hex') }
  } catch (error) {
    await rm(path, { force: true })
    throw isTooLarge(error) ? new AppError('tooLarge', 'fileTooLarge', 'The file is larger than 1 GB. Split it.') : error
  }
}

/** What a process that died left behind: no import takes a week. */
export async function removeForgotten(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found && now - found.mtimeMs > keptForMs) await rm(path, { force: true })
  }
}

const keptForMs = 7 * 24 * 3600_000

/** Enough for the first rows of any text file. */
const previewBytes = 1024 * 1024

/** All of a ZIP, whose directory stands at its end; of anything else the first bytes. The rest is read and dropped, so that the request can be answered. */
export function keptForPreview(folder: string, content: Readable): Promise<{ path: string; digest: string }> {
  return toDisk(folder, Readable.from(startOf(content)))
}

async function* startOf(content: Readable): AsyncGenerator<Buffer> {
  let length = 0
  let isZip = false
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (length === 0) isZip = chunk.subarray(0, 2).toString('latin1') === 'PK'
    const kept = isZip ? chunk : chunk.subarray(0, Math.max(0, previewBytes - length))
    length += chunk.length
    if (kept.length > 0) yield kept
  }
}

const isTooLarge = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE'

const nameOf = (sent: string | undefined): string => (sent ?? '').replace(/[\p{C}]/gu, '').slice(0, 200) || 'file.csv'
