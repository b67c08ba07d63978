/** What works for Contact works for Doctor the same day: a type made, related, filled, mailed, answered and taken out again, by API alone. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import { givenEntityType } from './given-entity-type.ts'
import { imported } from './given-import.ts'

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const inTargetLists = { kind: 'manyToMany', left: 'TargetList', right: 'Doctor', leftName: 'doctors', rightName: 'targetLists' }
const specialities = ['Cardiology', 'Surgery', 'GP', 'GP']

async function create(app: TestApp, path: string, body: object) {
  const { status, body: made, text } = await app.api.post(path, body)
  expect(status, text).toBe(201)
  return made
}

/** 5,000 doctors: every fourth is a surgeon; the addresses of the first four surgeons are dead. */
const csv = ['First Name,Last Name,E-Mail,Speciality,Licence,Beds', ...Array.from({ length: 5_000 }, (_, index) =>
  `D${index},Ito,${index < 16 ? 'hard-bounce.' : ''}d${index}@clinic.example,${specialities[index % 4]},L${index},${index}`)].join('\r\n')
const mapping = { 'First Name': 'firstName', 'Last Name': 'lastName', 'E-Mail': 'emailAddress', Speciality: 'speciality', Licence: 'licenceNumber', Beds: 'beds' }

test('doctors: made, related to target lists, 5,000 imported, filtered, mailed with their own placeholders, answered; taken out again, history stays', async () => {
  await using app = await startApp({ sandbox: true })
  await givenEntityType(app)
  const all = await create(app, '/target-lists', { name: 'All doctors' })
  const clinic = await create(app, '/accounts', { name: 'City Clinic' })
  expect((await app.api.post(`/target-lists/${all.id}/members`, { entityType: 'Doctor', ids: [] })).status).toBe(400)
  const relationship = await create(app, '/relationships', inTargetLists)
  expect((await app.api.get('/entity-types/Doctor')).body.mailable).toBe(true)

  const result = await imported(app, csv, { entityType: 'Doctor', mapping, targetListId: all.id, defaults: { accountId: clinic.id } })
  expect(result).toMatchObject({ created: 5_000, rejected: 0 })
  expect((await app.api.get(`/target-lists/${all.id}`)).body).toMatchObject({ members: 5_000, deliverable: 5_000 })
  expect(await imported(app, 'Last Name,Licence\r\nTwin,l77', { entityType: 'Doctor', mapping: { 'Last Name': 'lastName', Licence: 'licenceNumber' } })).toMatchObject({ created: 0, rejected: 1 })

  const surgeons = await create(app, '/target-lists', { name: 'Surgeons' })
  const isSurgeon = { field: 'speciality', op: 'equals', value: 'Surgery' }
  const select = (targetListId: string, filter: object) => app.api.post('/doctors/mass-action', { action: 'addToTargetList', selection: { filter }, data: { targetListId } })
  expect((await select(surgeons.id, isSurgeon)).status).toBe(202)
  await app.settle()
  expect((await app.api.get(`/target-lists/${surgeons.id}`)).body.members).toBe(1_250)
  const inLists = { and: [isSurgeon, { op: 'memberOf', value: [surgeons.id] }, { field: 'beds', op: 'lessThan', value: 40 }] }
  const few = await create(app, '/target-lists', { name: 'A few surgeons' })
  expect((await select(few.id, inLists)).body.task.result).toMatchObject({ added: 10 })

  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme', maxPerHour: 8 })
  const campaign = await create(app, '/campaigns', { name: 'Autumn', type: 'newsletter', status: 'active', targetListIds: [few.id] })
  const link = await create(app, '/tracking-urls', { campaignId: campaign.id, name: 'Offer', action: 'redirect', url: 'https://acme.example/offer' })
  const template = await create(app, '/email-templates', {
    name: 'Autumn', format: 'html', subject: 'For {Person.firstName}, {Doctor.speciality}',
    body: `<p>{Doctor.account.name}: {Doctor.licenceNumber|none}, {Doctor.beds} beds. <a href="${link.code}">Read</a> <a href="{optOutUrl}">Leave</a></p>`,
  })
  const ofDoctor = (await app.api.get('/doctors?sort=beds&limit=18')).body.items[17]
  expect((await app.api.post(`/email-templates/${template.id}/render`, { entityType: 'Doctor', id: ofDoctor.id })).body).toMatchObject({ subject: 'For D17, Surgery', unresolved: [] })
  const massEmail = await create(app, '/mass-emails', { campaignId: campaign.id, name: 'To surgeons', emailTemplateId: template.id, dateStart: app.clock.read().toISOString() })
  expect((await app.api.post(`/mass-emails/${massEmail.id}/send-test`, { recipients: [{ entityType: 'Doctor', id: ofDoctor.id }] })).status).toBe(200)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ candidates: 10, included: 10 })
  expect((await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).status).toBe(200)
  app.clock.advance({ minutes: 1 })
  await app.settle()
  const deliveries = async (status: string) => (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=${status}`)).body.items
  // The test counted in the hour, so three wait: whoever they are, somebody with a dead address and two others got their mail.
  const sent = await deliveries('sent')
  expect(sent.map(({ record }: any) => record.entityType)).toEqual(Array(7).fill('Doctor'))

  const reader = app.as(null)
  const mailTo = async (address: string) => {
    const { items } = (await app.api.get(`/sandbox/messages?q=${encodeURIComponent(address)}`)).body
    const own = items.find(({ subject }: any) => !subject.startsWith('[Test]'))
    const message = (await app.api.get(`/sandbox/messages/${own.id}`)).body
    const path = (part: string) => new URL(new RegExp(`href="([^"]*/${part}/[^"]+)"`).exec(message.html)![1]!).pathname
    return { ...message, click: path('c'), optOut: path('u') }
  }
  const people = sent.map(({ emailAddress }: any) => emailAddress).filter((address: string) => !address.startsWith('hard'))
  const [first, second] = [await mailTo(people[0]), await mailTo(people[1])]
  const number = /^d(\d+)@/.exec(people[0])![1]
  expect(first).toMatchObject({ subject: `For D${number}, Surgery` })
  expect(first.html).toContain(`City Clinic: L${number}, ${number} beds.`)
  expect((await reader.get(first.click, undefined, browser)).status).toBe(302)
  expect((await reader.post(second.optOut, 'choice=unsubscribe', { ...browser, 'content-type': 'application/x-www-form-urlencoded' })).status).toBeLessThan(400)
  const log = async () => (await app.api.get(`/campaigns/${campaign.id}/log?limit=200`)).body.items.filter(({ test }: any) => !test)
  expect((await log()).map(({ action, emailAddress }: any) => `${action} ${emailAddress}`)).toEqual(expect.arrayContaining([`clicked ${people[0]}`, `optedOut ${people[1]}`]))
  const bounced = (await log()).filter(({ action }: any) => action === 'bounced')
  expect(bounced).toHaveLength(7 - people.length)
  expect(bounced[0].emailAddress).toMatch(/^hard-bounce/)
  const clickers = (await app.api.post(`/campaigns/${campaign.id}/log/target-list`, { name: 'Clickers', including: ['clicked'] })).body
  expect(clickers).toMatchObject({ added: 1, members: 1, deliverable: 1 })

  const before = await log()
  expect((await app.api.delete(`/relationships/${relationship.id}`)).status).toBe(204)
  await app.settle()
  expect((await deliveries('skipped')).map(({ reason }: any) => reason)).toEqual(['notMailable', 'notMailable', 'notMailable'])
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body.status).toBe('complete')
  expect(await log()).toEqual(expect.arrayContaining(before))
  expect((await app.api.get(`/target-lists/${few.id}`)).body).toMatchObject({ members: 10 })
  const next = await create(app, '/mass-emails', { campaignId: campaign.id, name: 'Again', emailTemplateId: template.id })
  expect((await app.api.get(`/mass-emails/${next.id}/audience`)).body).toMatchObject({ included: 0, verdicts: { notMailable: 9 - bounced.length, optedOutOfList: 1, invalidAddress: bounced.length } })
  expect((await app.api.get(`/doctors/${ofDoctor.id}`)).status).toBe(200)

  expect((await app.api.delete('/entity-types/Doctor')).status).toBe(204)
  expect((await log()).map(({ action, emailAddress }: any) => `${action} ${emailAddress}`)).toEqual(expect.arrayContaining([`clicked ${people[0]}`, `skipped ${(await deliveries('skipped'))[0].emailAddress}`]))
  expect((await deliveries('sent')).map(({ emailAddress }: any) => emailAddress).toSorted()).toEqual(sent.map(({ emailAddress }: any) => emailAddress).toSorted())
})
