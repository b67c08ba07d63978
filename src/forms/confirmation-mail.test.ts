import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { confirmPath, givenForm, visitorPosts } from '../../test/given-form.ts'
import { form as formHeaders } from '../../test/given-mail.ts'
import { scriptedServer, type Script } from '../../test/scripted-smtp-server.ts'
import { sendSystemMail } from '../system-mail/send.ts'

/** A server that answers as the script says, as the system account. */
async function given(app: TestApp, script?: Script) {
  const server = await scriptedServer(script)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' }, fromAddress: 'news@acme.example', maxPerHour: 1 })
  await app.api.patch('/settings/general', { companyName: 'Acme & Söhne', postalAddress: 'Main Street 1' })
  return server
}

const headerOf = (content: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(content)?.[1]
const plain = (content: string) => content.replace(/=\r\n/g, '').replaceAll('=3D', '=')
const proofs = async (app: TestApp, id: string) => (await app.api.get(`/subscription-forms/${id}/subscriptions?sort=askedAt`)).body.items

test('the confirmation leaves with its link, in the visitor’s language, to the address alone, and the proof keeps its Message-ID', async () => {
  await using app = await startApp()
  await using server = await given(app)
  const { path, form } = await givenForm(app)
  await visitorPosts(app, path, { emailAddress: 'anna@x.test', firstName: 'Win money at http://evil.example' }, { 'accept-language': 'de' })
  expect(await proofs(app, form.id)).toMatchObject([{ mailStatus: 'queued', messageId: null }])
  expect(await sendSystemMail(app.ground)).toBe(1)
  const [mail] = server.contents
  const link = await confirmPath(app, path, 'anna@x.test')
  expect(plain(mail!)).toContain(`${form.url}/${link.slice(path.length + 1)}`)
  expect(plain(mail!)).toContain('Bitte best')
  expect(plain(mail!)).not.toContain('evil.example')
  expect([headerOf(mail!, 'To'), headerOf(mail!, 'Auto-Submitted'), headerOf(mail!, 'List-Unsubscribe')]).toEqual(['anna@x.test', 'auto-generated', undefined])
  const messageId = headerOf(mail!, 'Message-ID')!.slice(1, -1)
  expect(await proofs(app, form.id)).toMatchObject([{ mailStatus: 'sent', mailSentAt: app.clock.read().toISOString(), mailRepeats: 0, messageId }])
  await app.as(null).post(link, '', formHeaders)
  await app.db.deleteFrom('systemMail').execute()
  expect(await proofs(app, form.id)).toMatchObject([{ mailStatus: 'sent', mailSentAt: app.clock.read().toISOString(), messageId, status: 'confirmed' }])
})

test('confirmations go although the hour is used up, and one that the server refuses says so at the form', async () => {
  await using app = await startApp()
  await using server = await given(app, (line) => (line.includes('RCPT TO:<no@') ? '550 5.1.1 no such user' : undefined))
  const { path, form } = await givenForm(app)
  for (const who of ['a', 'b', 'no']) await visitorPosts(app, path, { emailAddress: `${who}@x.test` })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(2)
  expect((await proofs(app, form.id)).map(({ mailStatus, mailReply }: Record<string, string>) => mailStatus === 'failed' ? mailReply : mailStatus)).toEqual(['sent', 'sent', '550 5.1.1 no such user'])
})

test('the words of the form, or an email template, say it in the company’s own way; what a stranger typed is no advertisement', async () => {
  await using app = await startApp()
  await using server = await given(app)
  const { path, form } = await givenForm(app, { mailSubject: 'Hello from {companyName}', mailBody: 'Press <here>: {confirmUrl}' })
  await visitorPosts(app, path, { emailAddress: 'a@x.test' })
  await sendSystemMail(app.ground)
  expect(server.contents[0]).toMatch(/Press &lt;here&gt;: <a href/)
  const template = (await app.api.post('/email-templates', { name: 'Confirm', subject: 'Hi {Lead.firstName|there}', body: '<p>Dear {Person.firstName|friend}, <a href="{confirmUrl}">yes</a></p>' })).body.id
  expect((await app.api.patch(`/subscription-forms/${form.id}`, { emailTemplateId: template })).status).toBe(200)
  await visitorPosts(app, path, { emailAddress: 'b@x.test', firstName: 'Bea\r\nBcc: c@x.test' })
  await visitorPosts(app, path, { emailAddress: 'c@x.test', firstName: 'Buy at shop.example' })
  await visitorPosts(app, path, { emailAddress: 'd@x.test', firstName: 'Bea <3' })
  await visitorPosts(app, path, { emailAddress: 'e@x.test', firstName: 'Bea' })
  await sendSystemMail(app.ground)
  const to = (who: string) => plain(server.contents.find((content) => content.includes(`To: ${who}@x.test`))!)
  expect(to('e')).toMatch(/Subject: Hi Bea\r\n[\s\S]*Dear Bea, <a href="http/)
  for (const who of ['b', 'c', 'd']) expect(to(who)).toMatch(/Subject: Hi there\r\n[\s\S]*Dear friend,/)
})
