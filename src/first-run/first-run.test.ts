/** The steps of the first run: told from what is there, as each person may see it. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { upTo } from '../../test/given-rights.ts'
import { noRights } from '../access/rights.ts'

const states = async (app: TestApp, api = app.api): Promise<Record<string, string>> =>
  Object.fromEntries((await api.get('/first-run')).body.steps.map(({ step, state }: { step: string; state: string }) => [step, state]))

const smtp = (more: object = {}) => ({ systemSmtp: { host: 'mail.acme.example', port: 587, security: 'starttls', username: 'anna', password: 'a password', ...more } })

test('on a fresh installation every step is open; each is done once what it makes is there', async () => {
  await using app = await startApp({ sandbox: true })
  expect(await states(app)).toEqual({ company: 'open', server: 'open', sender: 'open', mail: 'open', bounces: 'open', contacts: 'open', campaign: 'open' })
  await app.api.patch('/settings/general', { companyName: 'Acme', postalAddress: 'Main Street 1' })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', ...smtp() })
  await app.api.post('/group-email-accounts', { name: 'Bounces', emailAddress: 'b@acme.example', imap: { host: 'imap.acme.example', username: 'b', password: 'secret' } })
  await app.api.post('/contacts', { lastName: 'Berg' })
  expect(await states(app)).toEqual({ company: 'done', server: 'done', sender: 'done', mail: 'open', bounces: 'done', contacts: 'done', campaign: 'open' })
})

test('a campaign is the last step, done when its mass email has started', async () => {
  await using app = await startApp({ sandbox: true })
  const list = (await app.api.post('/target-lists', { name: 'Everybody' })).body.id as string
  const { id } = (await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'berg@example.com' })).body
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [id] })
  const campaign = (await app.api.post('/campaigns', { name: 'First', type: 'newsletter', status: 'active', targetListIds: [list] })).body.id as string
  const template = (await app.api.post('/email-templates', { name: 'Letter', subject: 'Hello', body: '<p>Hello</p><a href="{optOutUrl}">No more</a>', format: 'html' })).body.id as string
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const massEmail = (await app.api.post('/mass-emails', { campaignId: campaign, emailTemplateId: template, dateStart: '2029-12-31T12:00:00Z', override: ['publicUrlNotHttps'] })).body.id as string
  const pending = await app.api.patch(`/mass-emails/${massEmail}`, { status: 'pending' })
  expect([pending.status, (await states(app))['campaign']]).toEqual([200, 'open'])
  await app.settle()
  expect((await states(app))['campaign']).toBe('done')
})

test('a step is left out on purpose and taken up again, for everybody; what is there is done all the same', async () => {
  await using app = await startApp()
  const { body } = await app.api.patch('/first-run', { skipped: { server: true, sender: true, contacts: true } })
  expect(body.steps.filter(({ state }: { state: string }) => state === 'skipped').map(({ step }: { step: string }) => step)).toEqual(['server', 'sender', 'contacts'])
  await app.api.post('/contacts', { lastName: 'Berg' })
  await app.api.patch('/first-run', { skipped: { bounces: true, server: false } })
  expect(await states(app)).toMatchObject({ server: 'open', sender: 'skipped', bounces: 'skipped', contacts: 'done' })
  const { items: [entry] } = (await app.api.get('/audit-log')).body
  expect(entry).toMatchObject({ action: 'firstRunChanged', detail: { skipped: { bounces: true, server: false } } })
})

test('a server whose test failed is not set up, until it is set anew or passes', async () => {
  await using app = await startApp({ sandbox: true })
  const save = (change: object) => app.api.patch('/settings/outbound-emails', change)
  await save(smtp())
  await app.api.patch('/first-run', { serverTest: 'failed' })
  await save({ fromName: 'Acme' })
  expect((await states(app))['server']).toBe('open')
  await save(smtp({ password: 'another password' }))
  expect((await states(app))['server']).toBe('done')
  await app.api.patch('/first-run', { serverTest: 'failed' })
  expect((await app.api.patch('/first-run', { serverTest: 'passed' })).body.steps[1]).toEqual({ step: 'server', state: 'done' })
})

test('the mail to oneself counts for the way it was sent by, and no longer', async () => {
  await using app = await startApp({ sandbox: true })
  expect((await app.api.patch('/first-run', { mail: { state: 'arrived' } })).status).toBe(409)
  await app.api.patch('/first-run', { mail: { state: 'sent', to: 'ada@acme.example' } })
  expect((await app.api.get('/first-run')).body.mail).toEqual({ to: 'ada@acme.example', at: '2030-01-01T12:00:00.000Z', state: 'sent' })
  expect((await states(app))['mail']).toBe('open')
  await app.api.patch('/first-run', { mail: { state: 'arrived' } })
  expect((await states(app))['mail']).toBe('done')
  await app.api.patch('/settings/outbound-emails', smtp())
  expect([(await states(app))['mail'], (await app.api.get('/first-run')).body.mail]).toEqual(['open', null])
})

test('whoever sets nothing up sees the steps that his roles let him take, by what he may read', async () => {
  await using app = await startApp()
  await app.api.post('/contacts', { lastName: 'Berg' })
  const own = await app.givenUser('regular', { rights: upTo('own') })
  await app.api.patch('/first-run', { skipped: { campaign: true } })
  expect(await states(app, app.as(own.key))).toEqual({ contacts: 'open', campaign: 'open' })
  expect((await app.as(own.key).patch('/first-run', { hidden: true })).status).toBe(403)
  await app.as(own.key).post('/contacts', { lastName: 'Own' })
  expect((await states(app, app.as(own.key)))['contacts']).toBe('done')
  const none = await app.givenUser('regular', { rights: noRights })
  expect(await states(app, app.as(none.key))).toEqual({})
})

test('the steps are hidden for the whole installation, and every wrong value is named', async () => {
  await using app = await startApp()
  expect((await app.api.patch('/first-run', { hidden: true })).body.hidden).toBe(true)
  expect((await app.api.patch('/first-run', { hidden: false })).body.hidden).toBe(false)
  const { status, body } = await app.api.patch('/first-run', { skipped: { coffee: true }, serverTest: 'maybe', mail: { state: 'lost' }, colour: 'red' })
  expect([status, body.errors.map(({ path }: { path: string }) => path).sort()]).toEqual([400, ['colour', 'mail.state', 'serverTest', 'skipped.coffee']])
})
