/** The campaign log as CSV, streamed: memory does not grow with the log. */
import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { byteOrderMark, csvLine } from '../exchange/csv-text.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { LogEntry, LogSelection } from './contract.ts'
import { nextEntries } from './entries.ts'

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

export const exportLog = (db: Db, actor: Actor, campaignId: string, selection: LogSelection, context: ListContext): Readable =>
  Readable.from(lines(db, actor, campaignId, selection, context))

const pageSize = 1000

async function* lines(db: Db, actor: Actor, campaignId: string, selection: LogSelection, context: ListContext): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns))
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { items, next } = await nextEntries(db, actor, campaignId, selection, { limit: pageSize, ...(cursor !== undefined && { cursor }) }, context)
    yield items.map((entry) => csvLine(Object.values(columns).map((value) => value(entry)))).join('')
    cursor = next
  }
}
