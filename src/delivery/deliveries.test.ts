import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, settled } from '../../test/given-ledger.ts'
import { givenMassEmail as givenDue, openBatch, sendThrough } from '../../test/given-mass-email.ts'

test('the whole ledger is read page by page in its order, whatever became of each delivery, and its total is what the figures say', async () => {
  await using app = await startApp()
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId), campaignId }
  const deliveries = await givenDeliveries(app.db, massEmail, Array.from({ length: 11 }, (_, index) => `reader${index}@x.test`))
  await givenDeliveries(app.db, massEmail, ['reader0@x.test'], { test: true, status: 'sent' })
  for (const [index, delivery] of deliveries.entries()) await settled(app.db, [delivery], 'sending', (['sent', 'failed', 'skipped', 'uncertain', 'pending'] as const)[index % 5]!)
  const read: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await app.api.get(`/mass-emails/${massEmail.id}/deliveries?limit=3${cursor && `&cursor=${cursor}`}`)
    expect(body).toMatchObject({ total: 11, totalIsEstimate: false })
    read.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.next
  }
  expect(read).toEqual(deliveries.map(({ lane, id }) => `${lane}-${id}`))
  const ofStatus = async (status: string) => (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=${status}`)).body
  expect((await ofStatus('sent')).total).toBe(3)
  expect((await ofStatus('pending')).items).toHaveLength(2)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/deliveries?sort=-order&limit=1`)).body.items[0].id).toBe(read.at(-1))
  expect((await app.api.get(`/mass-emails/${massEmail.id}/deliveries?q=reader1`)).body.total).toBe(2)
})

test('an address stands in the ledger as somebody wrote it, capitals and all, whether it is mailed or not', async () => {
  await using app = await startApp()
  await sendThrough(app, { port: 25 })
  const massEmail = await givenDue(app, { to: ['Anna.Berg', 'ben', 'CARL'] })
  await app.api.post('/suppressions', { emailAddress: 'carl@example.net', reason: 'optedOut' })
  await openBatch(app)
  const deliveries = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries`)).body.items
  expect(deliveries.map(({ emailAddress }: { emailAddress: string }) => emailAddress).toSorted()).toEqual(['Anna.Berg@example.net', 'ben@example.net'])
  const leftOut = (await app.api.get(`/mass-emails/${massEmail.id}/audience/optedOutEntirely`)).body.items
  expect(leftOut.map(({ emailAddress }: { emailAddress: string }) => emailAddress)).toEqual(['CARL@example.net'])
})
