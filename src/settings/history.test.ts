import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

const outbound = '/settings/outbound-emails'
const historyOf = async (app: TestApp, group: string) =>
  (await app.api.get(`/settings/history?filter=${encodeURIComponent(JSON.stringify({ field: 'group', op: 'equals', value: group }))}`)).body.items

test('a change is told field by field with the values before and after, newest first, and what changed nothing is not told', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { companyName: 'Acme', timeZone: 'Europe/Berlin' })
  app.clock.advance({ minutes: 1 })
  await app.api.patch('/settings/general', { companyName: 'Acme Ltd', timeZone: 'Europe/Berlin' })
  await app.api.patch('/settings/general', { companyName: 'Acme Ltd' })
  const items = await historyOf(app, 'general')
  expect(items.map(({ fields }: { fields: object[] }) => fields)).toEqual([
    [{ key: 'companyName', before: 'Acme', after: 'Acme Ltd' }],
    [{ key: 'companyName', before: '', after: 'Acme' }, { key: 'timeZone', before: 'UTC', after: 'Europe/Berlin' }],
  ])
  expect(items[0]).toMatchObject({ group: 'general', how: 'changed', userName: app.admin.userName, at: '2030-01-01T12:01:00.000Z' })
  expect(await historyOf(app, 'outboundEmails')).toEqual([])
})

test('of a password history says only that it was changed', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { systemSmtp: { host: 'mail.example', username: 'anna', password: 'top secret' } })
  const rows = await app.db.selectFrom('settingChange').selectAll().execute()
  expect(JSON.stringify(rows)).not.toMatch(/top secret|v1\./)
  const [{ fields }] = await historyOf(app, 'outboundEmails')
  expect(fields).toContainEqual({ key: 'systemSmtp.password', secret: true })
  expect(fields).toContainEqual({ key: 'systemSmtp.host', before: null, after: 'mail.example' })
})

test('taking back gives the fields of one change their earlier values, leaves the others, and is a change of its own', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { maxPerHour: 500, window: { timeZone: 'UTC', days: [1], from: '09:00', to: '10:00' } })
  app.clock.advance({ minutes: 1 })
  await app.api.patch(outbound, { fromName: 'Acme' })
  const [, first] = await historyOf(app, 'outboundEmails')
  app.clock.advance({ minutes: 1 })
  expect((await app.api.post(`/settings/history/${first.id}/take-back`)).body).toEqual({ group: 'outboundEmails', fields: ['maxPerHour', 'window'] })
  expect((await app.api.get(outbound)).body).toMatchObject({ maxPerHour: 1000, window: null, fromName: 'Acme' })
  const [last] = await historyOf(app, 'outboundEmails')
  expect(last).toMatchObject({ how: 'takenBack', fields: [{ key: 'maxPerHour', before: 500, after: 1000 }, { key: 'window', after: null }] })
  const audited = await app.db.selectFrom('auditEntry').select('action').where('action', '=', 'settingsChanged').execute()
  expect(audited).toHaveLength(3)
})

test('taking back to another mail server asks for the password anew, as every change does', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { systemSmtp: { host: 'old.example', username: 'anna', password: 'old secret' } })
  app.clock.advance({ minutes: 1 })
  await app.api.patch(outbound, { systemSmtp: { host: 'new.example', password: 'new secret' } })
  const [change] = await historyOf(app, 'outboundEmails')
  await app.api.post(`/settings/history/${change.id}/take-back`)
  expect((await app.api.get(outbound)).body.systemSmtp).toMatchObject({ host: 'old.example', passwordSet: false })
})

test('an earlier value that is not allowed any more is refused by name, and nothing is changed', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { keepAuditDays: 60, companyName: 'Acme' })
  const [{ id, fields }] = await historyOf(app, 'general')
  // As if an earlier version had allowed it.
  const earlier = fields.map((field: { key: string }) => (field.key === 'keepAuditDays' ? { ...field, before: 1 } : field))
  await app.db.updateTable('settingChange').set({ fields: JSON.stringify(earlier) }).where('id', '=', id).execute()
  const { status, body } = await app.api.post(`/settings/history/${id}/take-back`)
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['keepAuditDays']])
  expect((await app.api.get('/settings/general')).body).toMatchObject({ keepAuditDays: 60, companyName: 'Acme' })
})

test('where only a secret was changed there is nothing to give back, and that is said', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { systemSmtp: { host: 'mail.example', username: 'anna' } })
  app.clock.advance({ minutes: 1 })
  await app.api.patch(outbound, { systemSmtp: { password: 'top secret' } })
  const [change] = await historyOf(app, 'outboundEmails')
  const { status, body } = await app.api.post(`/settings/history/${change.id}/take-back`)
  expect([status, body.code]).toEqual([409, 'secretsOnly'])
})
