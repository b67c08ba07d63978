/** Notices on their way to people by mail, through real SMTP conversations. */
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { type Script, scriptedServer, type ScriptedServer } from '../../test/scripted-smtp-server.ts'
import { endNotice, notify, type NoticeInput } from '../notices/notices.ts'
import { createGroupAccount } from '../outbound/group-accounts.ts'
import { sendSystemMail } from '../system-mail/send.ts'
import { mailNotices } from './send.ts'

const broken = (name: string): NoticeInput => ({
  kind: 'accountBroken', level: 'error', title: `${name} does not take mail`, text: '535 5.7.8 <no>', to: 'administrators',
  about: { type: 'OutboundAccount', id: 'a1', name }, onceKey: `accountBroken:${name}`,
})

async function given(app: TestApp, script?: Script): Promise<ScriptedServer> {
  const server = await scriptedServer(script)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' }, fromAddress: 'news@acme.test', fromName: 'Acme' })
  await app.api.patch('/settings/general', { siteUrl: 'https://crm.acme.test' })
  await signedIn(app)
  return server
}
/** All that there are by now. */
const signedIn = (app: TestApp) => app.db.updateTable('user').set({ lastSignInAt: app.clock.read() }).execute()

async function mailed(app: TestApp, { contents }: ScriptedServer, minutes = 1) {
  const before = contents.length
  app.clock.advance({ minutes })
  await mailNotices(app.db, app.clock.read())
  await sendSystemMail(app.ground)
  return Promise.all(contents.slice(before).map((content) => PostalMime.parse(content)))
}
const say = (app: TestApp, notice: NoticeInput) => notify(app.db, notice, app.clock.read())

test('a notice comes by mail once, in words, with the way to what it is about and to the choice', async () => {
  await using app = await startApp()
  await using server = await given(app)
  await say(app, broken('Acme & Co'))
  const [mail, ...others] = await mailed(app, server)
  expect(mail).toMatchObject({ subject: 'Acme & Co does not take mail', to: [{ address: app.admin.userName }] })
  expect(mail!.text).toContain('535 5.7.8 <no>')
  expect(mail!.text).toContain('https://crm.acme.test/administration/outbound-accounts/a1')
  expect(mail!.html).toContain('Acme &amp; Co does not take mail')
  expect(mail!.html).toContain('href="https://crm.acme.test/account"')
  expect([others, await mailed(app, server, 30)]).toEqual([[], []])
})

test('many processes mail it once; a fault that was over before is not mailed, also when it waits for a way out', async () => {
  let answer: string | undefined = '421 4.3.2 not now'
  await using app = await startApp()
  await using server = await given(app, (line) => (line.startsWith('MAIL') ? answer : undefined))
  await say(app, broken('One'))
  await endNotice(app.db, 'accountBroken:One', app.clock.read())
  await say(app, broken('Two'))
  await say(app, broken('Three'))
  app.clock.advance({ minutes: 1 })
  const counts = await Promise.all([1, 2, 3].map(() => mailNotices(app.db, app.clock.read())))
  expect(counts.reduce((sum, count) => sum + count)).toBe(2)
  await sendSystemMail(app.ground)
  await endNotice(app.db, 'accountBroken:Two', app.clock.read())
  answer = undefined
  expect((await mailed(app, server, 5)).map(({ subject }) => subject)).toEqual(['Three does not take mail'])
})

test('each person gets what is said to him and what he wants; not users of programs, nor those without an address or access', async () => {
  await using app = await startApp()
  await using server = await given(app)
  const [anna, ben, program, gone, nameless] = await Promise.all([app.givenUser('regular'), app.givenUser('regular'), app.givenUser('api'), app.givenUser('regular'), app.givenUser('regular')])
  await signedIn(app)
  const ids = [anna, ben, program, gone, nameless].map(({ actor }) => actor.userId)
  const importDone: NoticeInput = { kind: 'importDone', level: 'success', title: 'people.csv is imported', to: { userIds: ids } }
  await app.as(anna.key).patch('/notice-mail', { choices: { importDone: 'always' } })
  await app.as(program.key).patch('/notice-mail', { choices: { importDone: 'always' } })
  await say(app, importDone)
  await say(app, { ...broken('Acme'), to: { userIds: ids } })
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', gone.actor.userId).execute()
  await app.db.updateTable('user').set({ emailAddress: '' }).where('id', '=', nameless.actor.userId).execute()
  const mails = await mailed(app, server)
  expect(mails.map(({ to, subject }) => `${to![0]!.address} ${subject}`).toSorted()).toEqual([
    `${anna.actor.userName} Acme does not take mail`, `${anna.actor.userName} people.csv is imported`, `${ben.actor.userName} Acme does not take mail`,
  ].toSorted())
})

test('what breaks together comes as one mail that names each', async () => {
  await using app = await startApp()
  await using server = await given(app)
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) await say(app, broken(name))
  const [mail, ...others] = await mailed(app, server)
  expect(others).toEqual([])
  expect(mail!.subject).toBe('7 notices: A does not take mail, and more')
  expect(mail!.text).toMatch(/G does not take mail/)
})

test('when the account that carries it is the broken one it leaves by another that works; without one it waits a day', async () => {
  await using app = await startApp()
  await using silent = await given(app, (line) => (line.startsWith('MAIL') ? '535 5.7.8 no' : undefined))
  await using other = await scriptedServer()
  const waits = async (name: string) => { await say(app, broken(name)); return mailed(app, other) }
  expect(await waits('Alone')).toEqual([])
  const smtp = { host: '127.0.0.1', port: other.port, security: 'none', auth: 'password', username: '', password: '' } as const
  await app.db.transaction().execute((tx) => createGroupAccount(tx, app.secrets, { name: 'Offers', smtp, fromAddress: 'offers@acme.test', fromName: '', bounceAddress: '' }, app.clock.read()))
  await app.db.updateTable('outboundAccount').set({ brokenSince: app.clock.read(), brokenReason: '535' }).where('kind', '=', 'system').execute()
  const [mail] = await waits('System')
  expect(mail).toMatchObject({ subject: 'System does not take mail', from: { address: 'offers@acme.test' } })
  expect(silent.contents).toEqual([])
  await app.db.deleteFrom('outboundAccount').where('kind', '=', 'group').execute()
  await say(app, broken('Later'))
  await mailed(app, other)
  app.clock.advance({ hours: 25 })
  await sendSystemMail(app.ground)
  expect(await app.db.selectFrom('systemMail').select('status').where('subject', 'like', 'Later%').execute()).toEqual([{ status: 'failed' }])
})

test('a choice is read and changed by each for himself, goes back to what is usual, is audited, and an unknown kind is named', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular')
  await signedIn(app)
  const api = app.as(key)
  const choice = async (kind: string) => (await api.get('/notice-mail')).body.kinds.find((each: { kind: string }) => each.kind === kind)
  expect([await choice('massEmailComplete'), await choice('accountBroken')]).toMatchObject([{ choice: 'always', usual: 'always' }, { choice: 'trouble', levels: ['error'] }])
  expect((await api.patch('/notice-mail', { choices: { accountBroken: 'never', massEmailComplete: 'trouble' } })).status).toBe(200)
  expect([(await choice('massEmailComplete')).choice, (await choice('accountBroken')).choice]).toEqual(['trouble', 'never'])
  await api.patch('/notice-mail', { choices: { accountBroken: null } })
  expect((await choice('accountBroken')).choice).toBe('trouble')
  expect((await app.api.get('/notice-mail')).body.kinds.every((each: { choice: string; usual: string }) => each.choice === each.usual)).toBe(true)
  expect((await app.api.get('/audit-log?q=noticeMailChanged')).body.total).toBe(2)
  const { status, body } = await api.patch('/notice-mail', { choices: { acountBroken: 'never' } })
  expect([status, body.errors[0].path]).toEqual([400, 'choices.acountBroken'])
})

test('who never signed in is mailed nothing that he did not choose: a program is at work there', async () => {
  await using app = await startApp()
  await using server = await given(app)
  await app.db.updateTable('user').set({ lastSignInAt: null }).execute()
  expect((await app.api.get('/notice-mail')).body.kinds.map(({ choice }: { choice: string }) => choice)).not.toContain('trouble')
  await say(app, broken('One'))
  expect(await mailed(app, server)).toEqual([])
  await app.api.patch('/notice-mail', { choices: { accountBroken: 'trouble' } })
  await say(app, broken('Two'))
  expect((await mailed(app, server)).map(({ subject }) => subject)).toEqual(['Two does not take mail'])
})
