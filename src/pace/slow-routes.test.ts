import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { domainOwner } from './scopes.ts'
import { asksForPatience, floorPerMinute, isSlowing, readSlowRoutes, recoverRoutes, slowDown } from './slow-routes.ts'
import { Traffic } from './traffic.ts'

const noon = new Date('2030-01-01T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const answers = { taken: 0, putOff: 50, lastWords: '421 4.7.0 too many messages, slow down' }

test('421 and 45x ask for patience; a full mailbox here and there does not slow a whole route', () => {
  expect(['421 4.3.2 closing', '450 4.2.1 later', '451 4.7.1 later', '452 4.5.3 too many', '550 5.1.1 unknown', '250 ok', null].map(asksForPatience)).toEqual([true, true, true, true, false, false, false])
  expect(isSlowing({ taken: 500, putOff: 12, lastWords: '' })).toBe(false)
  expect(isSlowing({ taken: 0, putOff: 5, lastWords: '' })).toBe(false)
  expect(isSlowing({ taken: 30, putOff: 12, lastWords: '' })).toBe(true)
})

test('who puts everybody off once is not slowed down much: greylisting wants time for each, not between them', () => {
  expect(floorPerMinute(8_000, '450 4.2.0 Greylisted, see postgrey')).toBe(1_000)
  expect(floorPerMinute(8_000, '451 4.7.1 try again later')).toBe(1_000)
  expect(floorPerMinute(8_000, '421 4.7.28 unusual rate of mail')).toBe(6)
})

test('a route is halved while its server asks, at most every ten seconds, and doubled once it is quiet until it is free', async () => {
  await using database = await createDatabase()
  const { db } = database
  const pace = async () => (await readSlowRoutes(db)).get('domain:gmail.com') ?? null
  await slowDown(db, 'domain:gmail.com', 600, answers, noon)
  expect(await pace()).toBe(300)
  await slowDown(db, 'domain:gmail.com', 600, answers, after(3))
  expect(await pace()).toBe(300)
  await slowDown(db, 'domain:gmail.com', 300, answers, after(12))
  await slowDown(db, 'domain:gmail.com', 150, answers, after(24))
  expect(await pace()).toBe(75)
  await recoverRoutes(db, after(40))
  expect(await pace()).toBe(75)
  const recovered: (number | null)[] = []
  for (let second = 60; second <= 180; second += 31) {
    await recoverRoutes(db, after(second))
    recovered.push(await pace())
  }
  expect(recovered).toEqual([150, 300, null, null])
})

test('one domain that asks for patience is slowed down by itself, several at once mean the account', async () => {
  await using database = await createDatabase()
  const { db } = database
  const traffic = new Traffic()
  for (let i = 0; i < 20; i++) traffic.note('gmail.com', 'account:a', '421 4.7.0 later')
  for (let i = 0; i < 200; i++) traffic.note('example.net', 'account:a', null)
  expect(await traffic.write(db, noon, true)).toBe(true)
  expect([...(await readSlowRoutes(db)).keys()]).toEqual([domainOwner('gmail.com')])
  for (const domain of ['gmail.com', 'yahoo.com', 'gmx.de']) for (let i = 0; i < 20; i++) traffic.note(domain, 'account:a', '421 4.7.0 later')
  await traffic.write(db, after(20), true)
  expect([...(await readSlowRoutes(db)).keys()].toSorted()).toEqual(['account:a', 'domain:gmail.com', 'domain:gmx.de', 'domain:yahoo.com'])
})
