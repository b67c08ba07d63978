import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, form as formHeaders } from '../../test/given-mail.ts'
import { confirmPath, givenForm, membersOf, programPosts, subscriptions, visitorPosts } from '../../test/given-form.ts'

test('looking at a form changes nothing; subscribing keeps it as pending, and nothing else knows of it', async () => {
  await using app = await startApp()
  const { path, list } = await givenForm(app)
  const page = await app.as(null).get(path, undefined, browser)
  expect([page.status, await subscriptions(app)]).toEqual([200, []])
  expect(page.text).toMatch(/<label for="emailAddress">[\s\S]*You may write to me\./)
  const { status, text } = await visitorPosts(app, path, { emailAddress: 'Anna@X.test', firstName: 'Anna', textVersion: '1' })
  expect([status, text.includes('Please look into your mailbox')]).toEqual([200, true])
  expect(await subscriptions(app)).toEqual([expect.objectContaining({
    status: 'pending', emailAddress: 'Anna@x.test', formVersion: 1, textVersion: 1, given: { firstName: 'Anna' }, askedAt: app.clock.read(), askedIp: '127.0.0.1',
    askedUserAgent: browser['user-agent'], expiresAt: new Date('2030-01-03T12:00:00Z'), recordId: null,
  })])
  expect([await membersOf(app, list), (await app.api.get('/leads')).body.total]).toEqual([[], 0])
})

test('a malformed address is named, nothing that was typed is lost, and nothing of it is markup', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  const { status, text } = await visitorPosts(app, path, { emailAddress: 'anna@nowhere', firstName: '"><script>alert(1)</script>' })
  expect(status).toBe(400)
  expect(text).toContain('This is not an email address.')
  expect(text).toMatch(/id="emailAddress"[^>]*value="anna@nowhere"[^>]*aria-invalid="true" aria-describedby="emailAddress-fault"/)
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  expect(await subscriptions(app)).toEqual([])
})

test('what is required, agreed to and chosen is asked for, all at once', async () => {
  await using app = await startApp()
  const topic = (await app.api.post('/target-lists', { name: 'Offers', publicTopic: true })).body.id
  const { path } = await givenForm(app, { targetListIds: [], topicIds: [topic], fields: [{ name: 'firstName', required: true }] })
  const { status, body } = await app.as(null).post(path, { emailAddress: '' })
  expect([status, body.code, body.errors.map(({ path: at }: { path: string }) => at)]).toEqual([400, 'invalidInput', ['emailAddress', 'firstName', 'topicIds', 'consent']])
  expect((await programPosts(app, path, { emailAddress: 'anna@x.test', firstName: 'Anna', topicIds: [topic] })).status).toBe(200)
  expect((await subscriptions(app))[0]).toMatchObject({ targetListIds: [topic] })
})

test('who says that he does not agree has not agreed, in whatever way it is said', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  for (const consent of [false, null, 'false', '0', '', 'no']) expect((await programPosts(app, path, { emailAddress: 'a@x.test', consent })).body.errors).toMatchObject([{ path: 'consent' }])
  expect((await visitorPosts(app, path, { emailAddress: 'a@x.test', consent: 'false' })).status).toBe(400)
  expect(await subscriptions(app)).toEqual([])
})

test('a program of any site posts JSON and reads the answer; what the form does not know is named', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  const preflight = await app.server.inject({ method: 'OPTIONS', url: path, headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' } })
  expect([preflight.statusCode, preflight.headers['access-control-allow-origin'], preflight.headers['access-control-allow-headers']]).toEqual([204, '*', 'content-type'])
  const taken = await programPosts(app, path, { emailAddress: 'anna@x.test', firstName: 'Anna' })
  expect([taken.status, taken.body, taken.headers['access-control-allow-origin']]).toEqual([200, { status: 'confirmationSent', message: expect.stringContaining('anna@x.test') }, '*'])
  const refused = await programPosts(app, path, { emailAddress: 'nobody', lastname: 'Berg' }, { 'accept-language': 'de' })
  expect([refused.status, String(refused.headers['content-type']).startsWith('application/problem+json'), refused.headers['access-control-allow-origin']]).toEqual([400, true, '*'])
  expect(refused.body.errors).toEqual([{ path: 'emailAddress', message: expect.stringContaining('keine E-Mail-Adresse') }, { path: 'lastname', message: 'There is no such field.' }])
  for (const body of ['[]', '"x"', '{"emailAddress":{"a":1}}', '{"emailAddress":', '{"__proto__":{"x":1}}']) {
    expect((await app.as(null).post(path, body, { 'content-type': 'application/json' })).status).toBe(400)
  }
})

test('known and unknown addresses, opted out or not, and machines in the trap get the very same answer', async () => {
  await using app = await startApp()
  const { path, list, form } = await givenForm(app)
  await app.api.post('/contacts', { lastName: 'Known', emailAddress: 'known@x.test' })
  await app.api.post('/suppressions', { emailAddress: 'gone@x.test', reason: 'optedOut' })
  await app.api.post('/suppressions', { emailAddress: 'dead@x.test', reason: 'invalid' })
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'left@x.test' })
  const answers = []
  for (const who of ['nobody', 'known', 'gone', 'dead', 'left']) answers.push((await visitorPosts(app, path, { emailAddress: `${who}@x.test` })).text.replace(`${who}@x.test`, 'X'))
  answers.push((await visitorPosts(app, path, { emailAddress: 'robot@x.test', contact_url: 'https://spam.example' })).text.replace('robot@x.test', 'X'))
  expect(new Set(answers).size).toBe(1)
  const { items } = (await app.api.get(`/subscription-forms/${form.id}/subscriptions?sort=emailAddress`)).body
  expect(items.map(({ emailAddress, mailStatus }: Record<string, string>) => [emailAddress, mailStatus])).toEqual([
    ['dead@x.test', 'none'], ['gone@x.test', 'queued'], ['known@x.test', 'queued'], ['left@x.test', 'queued'], ['nobody@x.test', 'queued']])
})

test('at most three mails a day go to one address, whoever types it in, also at the same moment', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  const answers = await Promise.all(Array.from({ length: 6 }, () => visitorPosts(app, path, { emailAddress: 'anna@x.test' })))
  expect([new Set(answers.map(({ text }) => text)).size, (await subscriptions(app)).length]).toEqual([1, 3])
  app.clock.advance({ hours: 25 })
  await visitorPosts(app, path, { emailAddress: 'ANNA@x.test' })
  expect((await subscriptions(app)).length).toBe(4)
})

test('who confirms what he asks for may ask for more than three newsletters a day', async () => {
  await using app = await startApp()
  for (let number = 0; number < 5; number++) {
    const { path, list } = await givenForm(app)
    await visitorPosts(app, path, { emailAddress: 'anna@x.test' })
    await app.as(null).post(await confirmPath(app, path, 'anna@x.test'), '', formHeaders)
    expect(await membersOf(app, list)).toHaveLength(1)
  }
})

test('thirty times an hour from one network, then no more; a proxy says who it is only where it is trusted', async () => {
  await using app = await startApp({ environment: { TIDINGS_TRUSTED_PROXIES: '127.0.0.1' } })
  const { path } = await givenForm(app)
  const from = (ip: string, emailAddress: string) => visitorPosts(app, path, { emailAddress }, { 'x-forwarded-for': ip })
  expect((await from('203.0.113.9', 'a@x.test')).status).toBe(200)
  expect(JSON.stringify(await app.db.selectFrom('subscriptionAttempt').selectAll().execute())).not.toContain('203.0.113')
  await app.db.updateTable('subscriptionAttempt').set({ count: 29 }).execute()
  expect((await from('203.0.113.9', 'b@x.test')).status).toBe(200)
  const refused = await from('203.0.113.9', 'c@x.test')
  expect([refused.status, refused.headers['retry-after'], refused.text.includes('Too often')]).toEqual([429, '3600', true])
  expect((await from('203.0.113.10', 'd@x.test')).status).toBe(200)
  expect((await programPosts(app, path, { emailAddress: 'e@x.test' }, { 'x-forwarded-for': '203.0.113.9' })).body.code).toBe('tooOften')
  app.clock.advance({ hours: 1, minutes: 10 })
  expect((await from('203.0.113.9', 'f@x.test')).status).toBe(200)
  expect((await subscriptions(app)).map(({ emailAddress, askedIp }) => [emailAddress, askedIp])).toEqual(
    [['a@x.test', '203.0.113.9'], ['b@x.test', '203.0.113.9'], ['d@x.test', '203.0.113.10'], ['f@x.test', '203.0.113.9']])
})

test('without trusted proxies nobody is believed to be somebody else', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  for (const time of [1, 2]) await visitorPosts(app, path, { emailAddress: `b${time}@x.test` }, { 'x-forwarded-for': `198.51.100.${time}` })
  expect(await app.db.selectFrom('subscriptionAttempt').select('count').execute()).toEqual([{ count: 2 }])
})

test('of the IP address as much is kept as the settings say', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  for (const [storeIp, kept] of [['anonymised', '127.0.0.0'], ['no', '']] as const) {
    await app.api.patch('/settings/general', { storeIp })
    await visitorPosts(app, path, { emailAddress: `${storeIp}@x.test` })
    expect((await subscriptions(app)).at(-1)).toMatchObject({ askedIp: kept })
  }
})

test('huge, strange and broken bodies are refused and leave nothing behind', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  const huge = await app.as(null).post(path, `emailAddress=a%40x.test&firstName=${'x'.repeat(100_000)}`, formHeaders)
  expect(huge.status).toBe(413)
  expect((await visitorPosts(app, path, { emailAddress: 'a@x.test', firstName: 'x'.repeat(300) })).text).toContain('This cannot be right.')
  expect((await visitorPosts(app, path, { emailAddress: 'a@x.test\r\nBcc: b@x.test' })).status).toBe(400)
  expect((await app.as(null).post(path, 'x', { 'content-type': 'application/xml' })).status).toBe(415)
  expect(await subscriptions(app)).toEqual([])
  await visitorPosts(app, path, { emailAddress: 'ok@x.test', firstName: 'A\0nna\r\nBcc: x' })
  expect((await subscriptions(app))[0]!.given).toEqual({ firstName: 'Anna\r\nBcc: x' })
})

test('no such form and no such link look the same, with GET and with POST', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  for (const url of ['/s/aaaaaaaaaa', '/s/x', `${path}/AAAA`, '/s/aaaaaaaaaa/AAAA']) {
    for (const answer of [await app.as(null).get(url, undefined, browser), await app.as(null).post(url, '', formHeaders)]) {
      expect([answer.status, answer.text.includes('This link does not work')]).toEqual([404, true])
    }
  }
})

test('a page speaks the language of its visitor, and a form that is written in one language speaks that', async () => {
  await using app = await startApp()
  const { path, form } = await givenForm(app)
  const seen = async (language: string) => (await app.as(null).get(path, undefined, { ...browser, 'accept-language': language })).text
  for (const [language, word] of [['de', 'Anmelden'], ['fr', 'S’abonner'], ['es', 'Suscribirse'], ['uk', 'Підписатися'], ['nl', 'Subscribe']] as const) expect(await seen(language)).toContain(word)
  await app.api.patch(`/subscription-forms/${form.id}`, { language: 'fr' })
  expect(await seen('de')).toContain('<html lang="fr">')
  await visitorPosts(app, path, { emailAddress: 'anna@x.test' }, { 'accept-language': 'de' })
  expect((await subscriptions(app))[0]).toMatchObject({ language: 'fr' })
})

test('a form without double opt-in takes people in at once, lifts no "no", and writes nothing into records that are there', async () => {
  await using app = await startApp()
  const { path, list } = await givenForm(app, { doubleOptIn: false, successMessage: 'Welcome <all>' })
  const known = (await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'known@x.test' })).body.id
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'known@x.test' })
  const { text } = await visitorPosts(app, path, { emailAddress: 'known@x.test', firstName: 'Mallory' })
  expect(text).toContain('Welcome &lt;all&gt;')
  expect(await membersOf(app, list)).toEqual([expect.objectContaining({ entityType: 'Contact', source: 'form', state: 'optedOut' })])
  expect((await app.api.get(`/contacts/${known}`)).body.firstName).toBe('')
  await programPosts(app, path, { emailAddress: 'new@x.test', firstName: 'Nina' })
  expect((await app.api.get('/leads')).body.items).toEqual([expect.objectContaining({ firstName: 'Nina', emailAddress: 'new@x.test', source: 'Subscription form: Newsletter', status: 'New' })])
  expect(await app.db.selectFrom('systemMail').selectAll().execute()).toEqual([])
  await expect(confirmPath(app, path, 'new@x.test')).resolves.toContain(path)
})
