import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { carryOptOuts, optOutEntirely, optOutOfLists, optOutsOf, subscribeAgain } from './opt-outs.ts'

const now = new Date('2030-01-01T12:00:00Z')
const anna = { emailAddress: 'Anna@example.com', entityType: 'Contact', recordId: newId() }
const byLink = (deliveryId: number) => ({ source: 'optOutPage', lane: 5, deliveryId, ip: '192.0.2.1', userAgent: 'Firefox' })

async function givenLists(db: Db, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  await db.insertInto('targetList').values(ids.map((id) => ({ id, name: id }))).execute()
  return ids
}

test('subscribing again undoes exactly what that link set, not what another link or a user said', async () => {
  await using database = await createDatabase()
  const { db } = database
  const [a, b, c] = await givenLists(db, 3) as [string, string, string]
  await optOutOfLists(db, [c], anna, { source: 'manual' }, now)
  expect(await optOutOfLists(db, [a], anna, byLink(1), now)).toBe(1)
  expect(await optOutOfLists(db, [a, b, c], anna, byLink(2), now)).toBe(1)
  expect(await optOutEntirely(db, anna, byLink(2), now)).toBe(true)

  await db.transaction().execute((tx) => subscribeAgain(tx, { lane: 5, deliveryId: 2 }))
  const left = await optOutsOf(db, 'anna@EXAMPLE.com', [a, b, c])
  expect({ ...left, targetListIds: left.targetListIds.sort() }).toEqual({ targetListIds: [a, c].sort(), entirely: false })
})

test('saying no twice keeps the first proof', async () => {
  await using database = await createDatabase()
  const { db } = database
  const [list] = await givenLists(db, 1) as [string]
  await optOutOfLists(db, [list], anna, byLink(1), now)
  expect(await optOutOfLists(db, [list], anna, byLink(2), new Date(now.getTime() + 60_000))).toBe(0)
  expect(await db.selectFrom('optOut').selectAll().executeTakeFirstOrThrow()).toMatchObject({
    emailKey: 'anna@example.com', emailAddress: 'Anna@example.com', lane: 5, deliveryId: 1, ip: '192.0.2.1', userAgent: 'Firefox', at: now,
  })
})

test('a "no" travels to another list, but no link of the old one lifts it there', async () => {
  await using database = await createDatabase()
  const { db } = database
  const [from, to] = await givenLists(db, 2) as [string, string]
  await optOutOfLists(db, [from], anna, byLink(1), now)
  expect(await carryOptOuts(db, [from], to)).toBe(1)
  await db.transaction().execute((tx) => subscribeAgain(tx, { lane: 5, deliveryId: 1 }))
  expect((await optOutsOf(db, anna.emailAddress, [from, to])).targetListIds).toEqual([to])
})
