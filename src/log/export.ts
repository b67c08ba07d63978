/** The campaign log as CSV, streamed: memory does not grow with the log. */
import { Readable } from 'node:stream'
import type { ListContext } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { LogEntry, LogSelection } from './contract.ts'
import { logPage } from './entries.ts'

const columns: Record<string, (entry: LogEntry) => string> = {
  action: (entry) => entry.action,
  at: (entry) => entry.at,
  entityType: (entry) => entry.record.entityType,
  recordId: (entry) => entry.record.id,
  name: (entry) => entry.record.name,
  emailAddress: (entry) => entry.emailAddress,
  massEmail: (entry) => entry.massEmail.name,
  link: (entry) => entry.detail.link ?? '',
  url: (entry) => entry.detail.url ?? '',
  bounce: (entry) => entry.detail.bounce ?? '',
  reason: (entry) => entry.detail.reason ?? entry.detail.reply ?? entry.detail.text ?? '',
  repeats: (entry) => String(entry.repeats),
  lastAt: (entry) => entry.lastAt,
  machine: (entry) => String(entry.machine),
  test: (entry) => String(entry.test),
}

export const exportLog = (db: Db, campaignId: string, selection: LogSelection, context: ListContext): Readable =>
  Readable.from(lines(db, campaignId, selection, context))

async function* lines(db: Db, campaignId: string, selection: LogSelection, context: ListContext): AsyncGenerator<string> {
  yield `\uFEFF${line(Object.keys(columns))}`
  for (let cursor: string | undefined, last = false; !last;) {
    const page = await logPage(db, campaignId, { ...selection, sort: '-at', limit: pageSize, ...(cursor !== undefined && { cursor }) }, context)
    yield (page.items as LogEntry[]).map((entry) => line(Object.values(columns).map((value) => value(entry)))).join('')
    last = page.next === null
    cursor = page.next ?? undefined
  }
}

const pageSize = 2000

/** RFC 4180; a cell that a spreadsheet would run as a formula begins with an apostrophe. */
const line = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`
const cell = (text: string) => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
