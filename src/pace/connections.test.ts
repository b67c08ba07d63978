import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { fairPart, shareConnections } from './connections.ts'

const clock: Clock = () => new Date('2030-01-01T12:00:00Z')

async function givenSender(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into sender (lease_until) values (now() + interval '1 hour') returning id`.execute(db)
  return rows[0]!.id
}
const share = async (db: Db, senderId: number, open: number) => (await shareConnections(db, clock, senderId, [{ accountId: 'a', max: 5, open }], { aliveMs: 3_000 })).get('a')

test('connections are divided to the last one', () => {
  expect([0, 1, 2].map((rank) => fairPart(5, rank, 3))).toEqual([2, 2, 1])
  expect([0, 1, 2].map((rank) => fairPart(2, rank, 3))).toEqual([1, 1, 0])
})

test('a second sender opens connections only when the first has closed them, and gets all when that one is gone', async () => {
  await using database = await createDatabase()
  const { db } = database
  const first = await givenSender(db)
  expect(await share(db, first, 0)).toBe(5)
  const second = await givenSender(db)
  expect(await share(db, second, 0)).toBe(0)
  expect(await share(db, first, 5)).toBe(3)      // it is told to close two, and they count until they are closed
  expect(await share(db, second, 0)).toBe(0)
  expect(await share(db, first, 3)).toBe(3)
  expect(await share(db, second, 0)).toBe(2)
  // It is silent: its connections went with it, though its lease is not over.
  await sql`update sender set lease_until = clock_timestamp() + interval '2 seconds' where id = ${first}`.execute(db)
  expect(await share(db, second, 2)).toBe(5)
})

test('many senders that ask at once never have more than there are', async () => {
  await using database = await createDatabase()
  const { db } = database
  const senders = await Promise.all(Array.from({ length: 8 }, () => givenSender(db)))
  const shares = await Promise.all(senders.map((id) => share(db, id, 0)))
  expect(shares.reduce((sum, count) => sum! + count!, 0)).toBe(5)
})
