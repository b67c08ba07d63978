/** What waits for records of a type that is taken out of target lists is skipped, found a part at a time and only when a type was really lost. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenEntityType } from '../../test/given-entity-type.ts'
import { countsOf, givenMassEmail, openBatch } from '../../test/given-mass-email.ts'
import { NotMailable } from './not-mailable.ts'

/** 40 contacts and 5 doctors, frozen and paused: nothing of it has been sent. */
async function givenDoctorsWaiting(app: TestApp) {
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  await givenEntityType(app)
  const relate = async () => (await app.api.post('/relationships', { kind: 'manyToMany', left: 'TargetList', right: 'Doctor', leftName: 'doctors', rightName: 'targetLists' })).body.id as string
  const relationship = await relate()
  const massEmail = await givenMassEmail(app, { to: 40, status: 'draft', body: 'Hello' })
  const ids: string[] = []
  for (let number = 0; number < 5; number++) ids.push((await app.api.post('/doctors', { lastName: 'X', emailAddress: `d${number}@x.example` })).body.id)
  await app.api.post(`/target-lists/${massEmail.targetListId}/members`, { entityType: 'Doctor', ids })
  expect((await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).status).toBe(200)
  await openBatch(app)
  await app.api.post(`/mass-emails/${massEmail.id}/pause`)
  expect(await countsOf(app, massEmail)).toEqual({ pending: 45 })
  return { massEmail, relate, lose: () => app.api.delete(`/relationships/${relationship}`) }
}

/** What reads deliveries, and how many of them. */
function counting({ db }: TestApp) {
  const asked: string[] = []
  const seen = db.withPlugin({
    transformQuery: ({ node }) => { asked.push(JSON.stringify(node)); return node },
    transformResult: async ({ result }) => result,
  })
  return { db: seen, reads: () => asked.splice(0).filter((text) => text.includes('from delivery')).length }
}

test('once a type is lost its deliveries are skipped, so many at a time, and then nothing is looked at any more', async () => {
  await using app = await startApp({ sandbox: true })
  const { massEmail, lose } = await givenDoctorsWaiting(app)
  const { db, reads } = counting(app)
  const notMailable = new NotMailable()
  await notMailable.follow(db, app.clock.read())
  reads()
  await lose()
  let skipped = 0
  const rounds: number[] = []
  for (let round = 0; round < 6; round++) {
    skipped += await notMailable.follow(db, app.clock.read(), 10)
    rounds.push(reads() > 0 ? 1 : 0)
  }
  expect([skipped, rounds]).toEqual([5, [1, 1, 1, 1, 1, 0]])
  expect(await countsOf(app, massEmail)).toEqual({ pending: 40, skipped: 5 })
})

test('a change that takes no type out of target lists looks at no delivery; nor does a type that is back before it was looked for', async () => {
  await using app = await startApp({ sandbox: true })
  const { massEmail, lose, relate } = await givenDoctorsWaiting(app)
  const { db, reads } = counting(app)
  const notMailable = new NotMailable()
  await notMailable.follow(db, app.clock.read())
  reads()
  await app.api.post('/entity-types/Contact/fields', { name: 'grade', type: 'text', label: 'Grade' })
  await notMailable.follow(db, app.clock.read())
  expect(reads()).toBe(0)
  await lose()
  await relate()
  await notMailable.follow(db, app.clock.read())
  expect([reads(), await countsOf(app, massEmail)]).toEqual([0, { pending: 45 }])
})

test('a process that was not there when the type was lost finds it as well', async () => {
  await using app = await startApp({ sandbox: true })
  const { massEmail, lose } = await givenDoctorsWaiting(app)
  await lose()
  expect(await new NotMailable().follow(app.db, app.clock.read())).toBe(5)
  expect(await countsOf(app, massEmail)).toEqual({ pending: 40, skipped: 5 })
})
