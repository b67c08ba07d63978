import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { eventOf, givenCampaign, givenDeliveries, givenMassEmail, happened, type LedgerDelivery, settled } from '../../test/given-ledger.ts'
import { seeded } from '../../test/seeded.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { figuresOf, linksOf } from './figures-of.ts'
import { recordEvents } from './record-events.ts'
import { recount, recountHours, verifyFigures } from './recount.ts'

async function givenSent(db: Db, addresses: string[]) {
  const campaignId = await givenCampaign(db)
  const massEmail = { id: await givenMassEmail(db, campaignId), campaignId }
  const deliveries = await givenDeliveries(db, massEmail, addresses)
  await settled(db, deliveries, 'sending', 'sent')
  return { massEmail, campaignId, deliveries }
}

async function givenLink(db: Db, campaignId: string, name: string): Promise<string> {
  const id = newId()
  await db.insertInto('trackingUrl').values({ id, campaignId, name, url: `https://${name}.test/` }).execute()
  return id
}

test('opened counts people once, machines apart, and repeats only in the log', async () => {
  await using database = await createDatabase()
  const { massEmail, deliveries: [ann, ben] } = await givenSent(database.db, ['ann@x.test', 'ben@x.test'])
  await happened(database.db, [ann!, ann!], 'opened')
  await happened(database.db, [ann!, ben!], 'opened', { machine: true })
  expect(await figuresOf(database.db, { massEmailId: massEmail.id })).toMatchObject({ people: 2, sent: 2, opened: 1, machine: { opened: 2, clicked: 0 } })
  const entries = await database.db.selectFrom('logEntry').select(['machine', 'repeats']).where('action', '=', 'opened').orderBy('id').execute()
  expect(entries).toEqual([{ machine: false, repeats: 2 }, { machine: true, repeats: 1 }, { machine: true, repeats: 1 }])
})

test('clicked counts people over all links and for each link, clicks count every click', async () => {
  await using database = await createDatabase()
  const { campaignId, deliveries } = await givenSent(database.db, ['ann@x.test', 'ben@x.test'])
  const [home, shop] = [await givenLink(database.db, campaignId, 'home'), await givenLink(database.db, campaignId, 'shop')]
  await happened(database.db, deliveries, 'clicked', { subject: home, trackingUrlId: home })
  await happened(database.db, [deliveries[0]!, deliveries[0]!], 'clicked', { subject: shop, trackingUrlId: shop })
  expect(await figuresOf(database.db, { campaignId })).toMatchObject({ clicked: 2, clicks: 4 })
  expect(await linksOf(database.db, { campaignId })).toEqual([
    { trackingUrlId: home, name: 'home', url: 'https://home.test/', people: 2, clicks: 2, machinePeople: 0, machineClicks: 0 },
    { trackingUrlId: shop, name: 'shop', url: 'https://shop.test/', people: 1, clicks: 2, machinePeople: 0, machineClicks: 0 },
  ])
})

test('two writers at once agree on whose click was the first', async () => {
  await using database = await createDatabase()
  const { campaignId, deliveries: [ann] } = await givenSent(database.db, ['ann@x.test'])
  await Promise.all(Array.from({ length: 8 }, (_, index) => happened(database.db, [ann!], 'clicked', { subject: `link ${index}` })))
  expect(await figuresOf(database.db, { campaignId })).toMatchObject({ clicked: 1, clicks: 8 })
})

test('a hard bounce takes the place of a soft one, and only what was sent can bounce', async () => {
  await using database = await createDatabase()
  const { massEmail, deliveries: [ann, ben] } = await givenSent(database.db, ['ann@x.test', 'ben@x.test'])
  const [unsent] = await givenDeliveries(database.db, massEmail, ['cleo@x.test'], { status: 'uncertain' })
  await settled(database.db, [unsent!], 'sending', 'uncertain')
  await happened(database.db, [ann!, ben!, unsent!], 'bounced', { subject: 'soft' })
  await happened(database.db, [ann!, ann!], 'bounced', { subject: 'hard' })
  const figures = () => figuresOf(database.db, { massEmailId: massEmail.id })
  expect(await figures()).toMatchObject({ sent: 2, delivered: 0, bouncedHard: 1, bouncedSoft: 1, uncertain: 1 })

  await settled(database.db, [unsent!], 'uncertain', 'sent')
  expect(await figures()).toMatchObject({ sent: 3, delivered: 0, bouncedHard: 1, bouncedSoft: 2, uncertain: 0 })
  expect(await verifyFigures(database.db)).toEqual([])
})

test('what happens with a test mail is logged and counted nowhere', async () => {
  await using database = await createDatabase()
  const { massEmail, campaignId } = await givenSent(database.db, ['ann@x.test'])
  const [testMail] = await givenDeliveries(database.db, massEmail, ['ann@x.test'], { test: true, status: 'sent' })
  await happened(database.db, [testMail!], 'sent')
  await happened(database.db, [testMail!], 'clicked', { subject: 'a link' })
  expect(await figuresOf(database.db, { campaignId })).toMatchObject({ people: 1, sent: 1, clicked: 0, clicks: 0 })
  expect(await database.db.selectFrom('logEntry').select('action').where('test', '=', true).execute()).toHaveLength(2)
})

test('people of a campaign are counted once, whichever of its mass emails they got', async () => {
  await using database = await createDatabase()
  const { massEmail, campaignId } = await givenSent(database.db, ['ann@x.test', 'ben@x.test'])
  const second = { id: await givenMassEmail(database.db, campaignId), campaignId }
  await settled(database.db, await givenDeliveries(database.db, second, ['ben@x.test', 'cleo@x.test']), 'sending', 'sent')
  // Somebody added to the first one afterwards who got the second already.
  await settled(database.db, await givenDeliveries(database.db, massEmail, ['cleo@x.test']), 'sending', 'sent')
  const people = async (scope: object) => (await figuresOf(database.db, scope)).people
  expect([await people({ massEmailId: massEmail.id }), await people({ massEmailId: second.id }), await people({ campaignId })]).toEqual([3, 2, 3])
  expect(await verifyFigures(database.db)).toEqual([])
})

test('the figures are a recount of deliveries and log, whatever happened in whatever order (I5)', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { massEmail, campaignId, deliveries } = await givenSent(db, Array.from({ length: 12 }, (_, index) => `reader${index}@x.test`))
  const links = await Promise.all(['one', 'two', 'three'].map((name) => givenLink(db, campaignId, name)))
  const random = seeded(20_300_101)
  const anyOf = <Each>(choices: readonly Each[]): Each => choices[Math.floor(random() * choices.length)]!
  const anyEvent = (delivery: LedgerDelivery) => {
    const action = anyOf(['opened', 'clicked', 'clicked', 'bounced', 'optedOut', 'optedIn', 'complained', 'replied', 'leadCreated'] as const)
    const link = anyOf(links)
    const at = new Date(Date.UTC(2030, 0, 1, Math.floor(random() * 48)))
    if (action === 'clicked') return eventOf(delivery, action, { subject: link, trackingUrlId: link, machine: random() < 0.3, at })
    return eventOf(delivery, action, { at, ...(action === 'bounced' && { subject: anyOf(['hard', 'soft']) }), machine: action === 'opened' && random() < 0.3 })
  }
  for (let round = 0; round < 60; round++) {
    const { lane } = anyOf(deliveries)
    const ofLane = deliveries.filter((delivery) => delivery.lane === lane)
    const events = Array.from({ length: 1 + Math.floor(random() * 6) }, () => anyEvent(anyOf(ofLane)))
    await db.transaction().execute((tx) => recordEvents(tx, lane, events))
    if (random() < 0.3) await settled(db, [anyOf(ofLane)], 'sent', 'sent')
  }
  expect(await recount(db, massEmail.id)).toEqual([])
  expect(await recountHours(db, massEmail.id)).toEqual([])
  expect(await db.selectFrom('logEntry').select('id').execute()).not.toEqual([])
})

test('the recount finds a figure that drifted, and names it', async () => {
  await using database = await createDatabase()
  const { massEmail, deliveries: [ann] } = await givenSent(database.db, ['ann@x.test'])
  await happened(database.db, [ann!], 'opened')
  await database.db.updateTable('figure').set({ count: 5 }).where('metric', '=', 'opened').execute()
  expect(await verifyFigures(database.db)).toMatchObject([{ of: massEmail.id, lane: ann!.lane, metric: 'opened', kept: 5, counted: 1 }])
  await database.db.updateTable('figure').set({ count: 1 }).where('metric', '=', 'opened').execute()
  await database.db.updateTable('figureHour').set({ count: 2 }).where('metric', '=', 'sent').execute()
  expect(await verifyFigures(database.db)).toMatchObject([{ metric: 'sent', hour: new Date('2030-01-01T12:00:00Z'), kept: 2, counted: 1 }])
})
