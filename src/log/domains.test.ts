import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { eventOf, givenCampaign, givenDeliveries, givenMassEmail, happened, type LedgerDelivery, settled } from '../../test/given-ledger.ts'
import { seeded } from '../../test/seeded.ts'
import type { Db } from '../platform/db.ts'
import { sumDomains, sumEntityTypes } from './domains.ts'
import type { LogEvent } from './entry.ts'
import { figuresOf } from './figures-of.ts'
import { logFollows } from './follow-merge.ts'
import { recordEvents } from './record-events.ts'
import { verifyFigures } from './recount.ts'

async function givenFrozen(db: Db, addresses: string[]) {
  const campaignId = await givenCampaign(db)
  const massEmail = { id: await givenMassEmail(db, campaignId), campaignId }
  return { massEmail, campaignId, deliveries: await givenDeliveries(db, massEmail, addresses) }
}

test('what happens is counted for the domain and the entity type of whoever it happened to', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { massEmail, campaignId, deliveries: [ann, ben, cleo] } = await givenFrozen(db, ['ann@one.test', 'ben@one.test', 'cleo@TWO.test'])
  const [lead] = await givenDeliveries(db, massEmail, ['dora@two.test'], { entityType: 'Lead' })
  await settled(db, [ann!, ben!, lead!], 'sending', 'sent')
  await settled(db, [cleo!], 'sending', 'failed')
  await happened(db, [ann!, ann!], 'opened')
  await happened(db, [ben!], 'opened', { machine: true })
  await happened(db, [lead!], 'bounced', { subject: 'hard' })
  expect(await sumDomains(db, { campaignId })).toMatchObject([
    { domain: 'one.test', people: 2, sent: 2, delivered: 2, opened: 1, machineOpened: 1, failed: 0, bouncedHard: 0 },
    { domain: 'two.test', people: 2, sent: 1, delivered: 0, opened: 0, machineOpened: 0, failed: 1, bouncedHard: 1 },
  ])
  expect(await sumEntityTypes(db, { massEmailId: massEmail.id })).toMatchObject([
    { entityType: 'Contact', people: 3, sent: 2, failed: 1, opened: 1 }, { entityType: 'Lead', people: 1, sent: 1, bouncedHard: 1 },
  ])
  expect(await verifyFigures(db)).toEqual([])
})

test('of many domains the fifty largest keep their names, and whoever is added later is counted beside them', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { massEmail, campaignId, deliveries } = await givenFrozen(db, Array.from({ length: 104 }, (_, index) => `reader${index}@company${String(index % 52).padStart(2, '0')}.test`))
  await settled(db, await givenDeliveries(db, massEmail, Array.from({ length: 5 }, (_, index) => `new${index}@later.test`)), 'sending', 'sent')
  await settled(db, [deliveries[51]!, deliveries[0]!], 'sending', 'sent')
  const domains = await sumDomains(db, { campaignId })
  expect(domains).toHaveLength(51)
  expect(domains[0]).toMatchObject({ domain: 'company00.test', people: 2, sent: 1 })
  expect(domains.at(-1)).toMatchObject({ domain: '', people: 9, sent: 6 })
  expect(await verifyFigures(db)).toEqual([])
})

test('figures by domain and by type are what an independent count finds, whatever happened: retries, unknown ones, bounces after opens, machines, merges', async () => {
  await using database = await createDatabase()
  const { db } = database
  const random = seeded(31_12_2030)
  const anyOf = <Each>(choices: readonly Each[]): Each => choices[Math.floor(random() * choices.length)]!
  const { massEmail, campaignId, deliveries: contacts } = await givenFrozen(db, Array.from({ length: 20 }, (_, index) => `reader${index}@${anyOf(['one', 'two', 'three'])}.test`))
  const deliveries = [...contacts, ...await givenDeliveries(db, massEmail, ['lea@one.test', 'leo@two.test'], { entityType: 'Lead' })]
  const status = new Map(deliveries.map(({ id }) => [id, 'pending']))
  const events: LogEvent[] = []
  for (let round = 0; round < 150; round++) {
    const delivery = anyOf(deliveries)
    const was = status.get(delivery.id)!
    const to = anyOf(was === 'pending' ? ['sent', 'sent', 'failed', 'uncertain'] as const : was === 'sent' ? ['sent'] as const : ['pending', 'sent'] as const)
    if (was !== 'sent' && random() < 0.6) {
      await settled(db, [delivery], was as 'pending', to)
      status.set(delivery.id, to)
      if (to !== 'pending') events.push(eventOf(delivery, to))
      continue
    }
    const event = eventOf(delivery, anyOf(['opened', 'clicked', 'clicked', 'bounced', 'optedOut', 'optedIn', 'complained', 'replied', 'leadCreated']))
    const about = event.action === 'clicked' ? { subject: anyOf(['here', 'there']), machine: random() < 0.3 }
      : event.action === 'opened' ? { machine: random() < 0.3 } : event.action === 'bounced' ? { subject: anyOf(['hard', 'soft', 'unproved']) } : {}
    events.push({ ...event, ...about })
    await db.transaction().execute((tx) => recordEvents(tx, delivery.lane, [{ ...event, ...about }]))
  }
  await db.transaction().execute((tx) => logFollows.move(tx, { entityType: 'Contact', fromId: contacts[0]!.recordId, toId: contacts[1]!.recordId, emailKey: contacts[0]!.emailAddress } as never))

  expect(await verifyFigures(db)).toEqual([])
  const groupsOf = (keyOf: (delivery: LedgerDelivery) => string) =>
    [...new Set(deliveries.map(keyOf))].map((key) => [key, deliveries.filter((delivery) => keyOf(delivery) === key)] as const)
  const domains = new Map((await sumDomains(db, { campaignId })).map(({ domain, ...numbers }) => [domain, numbers]))
  for (const [domain, of] of groupsOf(({ emailAddress }) => emailAddress.split('@')[1]!)) expect(domains.get(domain)).toEqual(countedByHand(of, status, events))
  const types = new Map((await sumEntityTypes(db, { campaignId })).map(({ entityType, ...numbers }) => [entityType, numbers]))
  for (const [type, of] of groupsOf(({ entityType }) => entityType)) expect(types.get(type)).toEqual(countedByHand(of, status, events))
  const { machine, people: _, ...all } = await figuresOf(db, { campaignId })
  expect(countedByHand(deliveries, status, events)).toMatchObject({ ...all, machineOpened: machine.opened, machineClicked: machine.clicked })
})

/** From nothing but what was done. */
function countedByHand(deliveries: LedgerDelivery[], status: Map<number, string>, events: LogEvent[]) {
  const ids = new Set(deliveries.map(({ id }) => id))
  const ours = events.filter((event) => ids.has(event.deliveryId) && event.subject !== 'unproved')
  const having = (which: (event: LogEvent) => boolean) => new Set(ours.filter(which).map(({ deliveryId }) => deliveryId))
  const people = (action: string, machine = false) => having((event) => event.action === action && (event.machine ?? false) === machine).size
  const are = (each: string) => deliveries.filter(({ id }) => status.get(id) === each).length
  const sentOf = (bounced: Set<number>) => [...bounced].filter((id) => status.get(id) === 'sent')
  const hard = having((event) => event.action === 'bounced' && event.subject === 'hard')
  const soft = having((event) => event.action === 'bounced' && !hard.has(event.deliveryId))
  return {
    people: deliveries.length, sent: are('sent'), failed: are('failed'), skipped: are('skipped'), uncertain: are('uncertain'),
    delivered: are('sent') - sentOf(hard).length - sentOf(soft).length, bouncedHard: sentOf(hard).length, bouncedSoft: sentOf(soft).length,
    opened: people('opened'), clicked: people('clicked'), clicks: ours.filter((event) => event.action === 'clicked' && !event.machine).length,
    optedOut: people('optedOut'), optedIn: people('optedIn'), complained: people('complained'), replied: people('replied'), leadsCreated: people('leadCreated'),
    machineOpened: people('opened', true), machineClicked: people('clicked', true),
  }
}

test('the recount finds a domain whose number drifted, and names it', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { massEmail, deliveries } = await givenFrozen(db, ['ann@one.test'])
  await settled(db, deliveries, 'sending', 'sent')
  await sql`update figure_domain set opened = 7`.execute(db)
  expect(await verifyFigures(db)).toMatchObject([{ of: massEmail.id, domain: 'one.test', entityType: 'Contact', metric: 'opened', kept: 7, counted: 0 }])
})

test('what settles and what is logged about one lane at once never wait for each other in a circle', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { campaignId, deliveries: [ann] } = await givenFrozen(db, ['ann@one.test'])
  await settled(db, [ann!], 'sending', 'failed')
  await Promise.all(Array.from({ length: 8 }, (_, index) => index % 2 === 0
    ? settled(db, [ann!], 'failed', 'pending').then(() => settled(db, [ann!], 'pending', 'failed'))
    : happened(db, [ann!], 'clicked', { subject: `link ${index}` })))
  expect((await sumDomains(db, { campaignId }))[0]).toMatchObject({ clicked: 1, clicks: 4 })
})

test('an installation that kept no such figures before has them after the migration', async () => {
  await using database = await createDatabase()
  const { db } = database
  const { campaignId, deliveries: [ann, ben, cleo] } = await givenFrozen(db, ['ann@one.test', 'ben@one.test', 'cleo@two.test'])
  await settled(db, [ann!, ben!], 'sending', 'sent')
  await settled(db, [cleo!], 'sending', 'skipped')
  await happened(db, [ann!], 'clicked', { subject: 'here' })
  await happened(db, [ann!], 'bounced', { subject: 'soft' })
  await happened(db, [ben!], 'bounced', { subject: 'unproved' })
  await happened(db, [ben!], 'opened', { machine: true })
  const before = await sumDomains(db, { campaignId })
  await sql`delete from figure_domain`.execute(db)
  await sql`delete from figure where metric like 'logged.%'`.execute(db)
  const migration = await readFile('migrations/0033_figures_by_domain.sql', 'utf8')
  await sql.raw(migration.slice(migration.indexOf('-- What is there already'))).execute(db)
  expect(await verifyFigures(db)).toEqual([])
  expect(await sumDomains(db, { campaignId })).toEqual(before)
})
