/** What goes out of old entries of the log, and that no night reads the whole log again. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'
import { forgetLogDetail } from './forget-detail.ts'

const day = 24 * 3_600_000
const going = new AbortController().signal

/** Of one lane, in this order; each with a server's words. */
async function given({ db, clock }: TestApp, daysAgo: number[]) {
  for (const [index, days] of daysAgo.entries()) {
    const at = new Date(clock.read().getTime() - days * day)
    await db.insertInto('logEntry').values({
      lane: 7, campaignId: newId(), massEmailId: newId(), deliveryId: index + 1, action: 'sent', at, lastAt: at, entityType: 'Contact', recordId: newId(), emailAddress: 'a@x.test', detail: '{"reply": "250 ok"}',
    }).execute()
  }
}
const keptSince = ({ clock }: TestApp) => new Date(clock.read().getTime() - 30 * day)
const withWords = async ({ db }: TestApp) => (await sql<{ id: number }>`select delivery_id::int as id from log_entry where detail ? 'reply' order by 1`.execute(db)).rows.map(({ id }) => id)

test('each night goes on where the one before it stopped: what was looked at is not read again, and what has become old is', async () => {
  await using app = await startApp()
  await given(app, [60, 50, 20, 10])
  expect(await forgetLogDetail(app.db, keptSince(app), going)).toBe(2)
  expect(await withWords(app)).toEqual([3, 4])
  await sql`update log_entry set detail = '{"reply": "put back"}' where delivery_id = 1`.execute(app.db)
  app.clock.advance({ hours: 15 * 24 })
  expect(await forgetLogDetail(app.db, keptSince(app), going)).toBe(1)
  expect(await withWords(app)).toEqual([1, 4])
})

test('a program that stops is not kept waiting: the next night does what is left', async () => {
  await using app = await startApp()
  await given(app, [60])
  const stopped = new AbortController()
  stopped.abort()
  expect(await forgetLogDetail(app.db, keptSince(app), stopped.signal)).toBe(0)
  expect(await forgetLogDetail(app.db, keptSince(app), going)).toBe(1)
})
