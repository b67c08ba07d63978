import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam, upTo } from '../../test/given-rights.ts'

type Api = TestApp['api']

async function made(api: Api, path: string, body: object) {
  const { status, body: answer, text } = await api.post(path, body)
  if (status !== 201) throw new Error(`${path}: ${status} ${text}`)
  return answer
}

/** A list of somebody who may read only his own, in which an administrator put everybody. */
async function given(app: TestApp, type = 'email') {
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const { me, as, other } = await givenTeam(app, 'own')
  const contact = (name: string, assignedUserId: string | null) => made(app.api, '/contacts', { firstName: name, emailAddress: `${name}@example.net`, assignedUserId })
  const people = {
    anna: await contact('anna', me.actor.userId), ben: await contact('ben', me.actor.userId),
    carl: await contact('carl', other.actor.userId), dora: await contact('dora', other.actor.userId),
  }
  const list = await made(as, '/target-lists', { name: 'Readers' })
  await app.api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: Object.values(people).map(({ id }) => id) })
  const template = await made(as, '/email-templates', { name: 'News', subject: 'News', body: '<p>Hello</p>', format: 'html' })
  const campaign = await made(as, '/campaigns', { name: 'Spring', type, status: 'active', targetListIds: [list.id] })
  const massEmail = await made(as, '/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: app.clock.read().toISOString() })
  return { me, as, other, people, list, massEmail }
}

const deliveries = async (api: Api, id: string) =>
  Object.fromEntries((await api.get(`/mass-emails/${id}/deliveries`)).body.items.map((row: any) => [row.emailAddress.split('@')[0], row.status === 'skipped' ? row.reason : row.status]))

test('who may read only his own sees, selects, exports and mails exactly those; the rest is counted and not named', async () => {
  await using app = await startApp({ sandbox: true })
  const { as, people, list, massEmail } = await given(app)
  const own = ['anna@example.net', 'ben@example.net']
  const addresses = (answer: { body: { items: { emailAddress: string }[] } }) => answer.body.items.map(({ emailAddress }) => emailAddress).sort()
  expect(addresses(await as.get('/contacts'))).toEqual(own)
  expect(addresses(await as.get(`/target-lists/${list.id}/members`))).toEqual(own)
  expect((await as.get('/contacts/export.csv?fields=emailAddress')).text.match(/\w+@example\.net/g)!.sort()).toEqual(own)
  const all = await made(as, '/target-lists', { name: 'All results' })
  expect((await as.post(`/target-lists/${all.id}/members`, { entityType: 'Contact', filter: { and: [] } })).body).toEqual({ added: 2, alreadyThere: 0 })
  expect((await as.post(`/target-lists/${all.id}/members`, { entityType: 'Contact', ids: [people.carl.id] })).body).toEqual({ added: 0, alreadyThere: 0 })

  expect((await as.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ candidates: 4, included: 2, verdicts: { notReadable: 2 } })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ included: 4 })
  expect((await as.get(`/mass-emails/${massEmail.id}/audience/notReadable`)).body).toMatchObject({ items: [], total: 2 })
  expect((await as.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).status).toBe(200)
  await app.settle()
  expect(await deliveries(as, massEmail.id)).toEqual({ anna: 'sent', ben: 'sent' })
  expect((await app.api.get('/sandbox/messages')).body.total).toBe(2)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ frozen: true, included: 2, verdicts: { notReadable: 2 } })
})

test('no page of an audience, before or after it starts, shows people whom the one who looks may not read', async () => {
  await using app = await startApp({ sandbox: true })
  const { as, people, list, massEmail } = await given(app)
  const own = ['anna@example.net', 'ben@example.net']
  const shown = async (api: Api, verdict: string, query = '') => {
    const { items, total } = (await api.get(`/mass-emails/${massEmail.id}/audience/${verdict}${query}`)).body
    return { addresses: items.map(({ emailAddress }: any) => emailAddress).sort(), total }
  }
  const everybody = { addresses: [...own, 'carl@example.net', 'dora@example.net'], total: 4 }
  await as.patch(`/mass-emails/${massEmail.id}`, { excludingTargetListIds: [list.id] })
  expect((await as.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ candidates: 4, verdicts: { excludedRecord: 4 } })
  expect(await shown(as, 'excludedRecord')).toEqual({ addresses: own, total: 2 })
  expect(await shown(as, 'excludedRecord', '?q=carl')).toEqual({ addresses: [], total: 0 })
  expect(await shown(app.api, 'excludedRecord')).toEqual(everybody)

  await as.patch(`/mass-emails/${massEmail.id}`, { excludingTargetListIds: [] })
  for (const { id } of [people.ben, people.carl, people.dora]) await app.api.patch(`/contacts/${id}`, { doNotEmail: true })
  expect(await shown(as, 'doNotEmail')).toEqual({ addresses: ['ben@example.net'], total: 1 })
  expect((await as.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).status).toBe(200)
  await app.settle()
  expect((await as.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ frozen: true, included: 1, verdicts: { doNotEmail: 3 } })
  expect(await shown(as, 'doNotEmail')).toEqual({ addresses: ['ben@example.net'], total: 1 })
  expect(await shown(app.api, 'doNotEmail')).toEqual({ addresses: everybody.addresses.slice(1), total: 3 })
})

test('a record that is given away before its mail leaves is skipped: the author may not read it any more', async () => {
  await using app = await startApp({ sandbox: true })
  const { as, other, people, massEmail } = await given(app)
  await app.api.patch('/settings/outbound-emails', { maxPerHour: 1 })
  await as.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await app.settle()
  const [waiting] = Object.entries(await deliveries(as, massEmail.id)).find(([, status]) => status === 'pending')!
  await app.api.patch(`/contacts/${people[waiting as 'anna' | 'ben'].id}`, { assignedUserId: other.actor.userId })
  app.clock.advance({ hours: 2 })
  await app.settle()
  expect(Object.values(await deliveries(as, massEmail.id)).sort()).toEqual(['notReadable', 'sent'])
})

test('without the permission nobody sets Pending or makes mail go on, but everybody who may change the campaign stops it', async () => {
  await using app = await startApp({ sandbox: true })
  const { as, massEmail } = await given(app)
  const without = app.as((await app.givenUser('regular', { rights: upTo('all', []) })).key)
  expect((await without.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).body).toMatchObject({ status: 403, code: 'mayNotSend' })
  expect((await as.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })).status).toBe(200)
  // A change of what is pending would schedule it anew, in the name of whoever changes it.
  expect((await without.patch(`/mass-emails/${massEmail.id}`, { name: 'Other' })).body.code).toBe('mayNotSend')
  expect((await without.patch(`/mass-emails/${massEmail.id}`, { status: 'draft' })).status).toBe(200)
  const { massEmail: informational } = await given(app, 'informationalEmail')
  const sends = app.as((await app.givenUser('regular', { rights: upTo('all', ['send']) })).key)
  expect((await sends.patch(`/mass-emails/${informational.id}`, { status: 'pending' })).body.code).toBe('mayNotSendInformational')
})

test.each([
  ['lost the permission to send', async (app: TestApp, userId: string) => { await app.db.updateTable('user').set({ roleIds: [] }).where('id', '=', userId).execute() }, 'may not send'],
  ['is not active any more', async (app: TestApp, userId: string) => { await app.api.patch(`/users/${userId}`, { isActive: false }) }, 'not active'],
])('when its author %s, a mass email goes back to Draft with a notice', async (_, happens, words) => {
  await using app = await startApp({ sandbox: true })
  const { as, me, massEmail } = await given(app)
  await as.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await happens(app, me.actor.userId)
  await app.settle()
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body).toMatchObject({ status: 'draft', notice: expect.stringContaining(words) })
  expect((await app.api.get('/sandbox/messages')).body.total).toBe(0)
})

test('a preview shows only records and linked records that may be read', async () => {
  await using app = await startApp()
  const { as, people } = await given(app)
  const account = await made(app.api, '/accounts', { name: 'Secret Ltd' })
  await app.api.patch(`/contacts/${people.anna.id}`, { accountId: account.id })
  const { id } = await made(as, '/email-templates', { name: 'N', subject: '{Contact.account}', body: 'x', format: 'html' })
  expect((await as.post(`/email-templates/${id}/render`, { entityType: 'Contact', id: people.anna.id })).body.subject).toBe('')
  expect((await as.post(`/email-templates/${id}/render`, { entityType: 'Contact', id: people.carl.id })).status).toBe(404)
})
