/** A text that nobody else uses in every place where the product takes or makes a secret, and the spellings by which one would be given away. */
import { createHash } from 'node:crypto'
import { codeAt, stepAt } from '../src/access/totp.ts'
import { mailboxToken } from '../src/mailbox/oauth.ts'
import { tokenSource } from '../src/outbound/access-token.ts'
import { fromBase32 } from '../src/platform/base32.ts'
import type { TestApp } from './app.ts'
import { browser } from './given-browser.ts'
import { tokenEndpoint } from './token-endpoint.ts'

/** `guessable`: a person's own choice, so that even its plain hash would give it away. */
export type Canary = { name: string; text: string; guessable: boolean }

/** Plants them all by the API, as their owners would. What answers a secret once is its owner's business, and is where the canary is taken from. */
export async function plantCanaries(app: TestApp): Promise<Canary[]> {
  const canaries: Canary[] = []
  const remember = (name: string, text: string, guessable = false) => { canaries.push({ name, text, guessable }); return text }
  const plant = (name: string, guessable = false) => remember(name, `Canary of ${name}: ${Math.random().toString(36).slice(2)}!`, guessable)
  await plantAccounts(app, plant)
  await plantPeople(app, plant, remember)
  await expectDone(app.api.post('/provider-webhooks', { name: 'Postmark', provider: 'postmark', key: plant('provider webhook', true) }))
  await expectDone(app.api.post('/webhooks', { name: 'Chat', url: 'https://chat.acme.example/', events: ['healthAlarm'], secret: plant('webhook secret', true) }))
  await expectDone(app.api.patch('/settings/single-sign-on', { issuer: 'https://login.acme.example', clientId: 'tidings', clientSecret: plant('OpenID Connect client secret') }))
  await expectDone(app.api.post('/dkim-keys', { domain: 'acme.example' }))
  const { privateKeySealed } = await app.db.selectFrom('dkimKey').select('privateKeySealed').executeTakeFirstOrThrow()
  remember('DKIM private key', app.secrets.open(privateKeySealed).split('\n')[5]!)
  return canaries
}

type Plant = (name: string, guessable?: boolean) => string

async function plantAccounts(app: TestApp, plant: Plant): Promise<void> {
  await using endpoint = await tokenEndpoint((request) => ({ body: { access_token: plant(`access token ${request}`), expires_in: 3600 } }))
  const client = (name: string) => ({ tokenUrl: endpoint.url, clientId: 'tidings', scope: '', clientSecret: plant(`client secret of ${name}`), refreshToken: plant(`refresh token of ${name}`) })
  await expectDone(app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: 1, security: 'none', username: 'anna', password: plant('SMTP password', true) }, fromAddress: 'news@acme.example' }))
  const { id } = (await app.api.get('/outbound-accounts')).body.items[0]
  await expectDone(app.api.post(`/outbound-accounts/${id}/test`, {}))
  await expectDone(app.api.patch(`/outbound-accounts/${id}`, { oauth2: client('the system account') }))
  await tokenSource(app.ground, id).current()
  const server = (what: string) => ({ host: '127.0.0.1', port: 1, security: 'none', username: 'bounces', password: plant(what, true) })
  const mailbox = await expectDone(app.api.post('/group-email-accounts', { name: 'Bounces', emailAddress: 'bounces@acme.example', imap: server('IMAP password'), smtp: server('group SMTP password') }))
  for (const side of ['imap', 'smtp']) await app.api.post(`/group-email-accounts/${mailbox.id}/test-${side}`, {})
  const modern = await expectDone(app.api.post('/group-email-accounts', { name: 'Replies', emailAddress: 'replies@acme.example', imap: { host: '127.0.0.1', port: 1, auth: 'oauth2', username: 'replies' }, oauth2: client('a mailbox') }))
  await mailboxToken(app.ground, await app.db.selectFrom('groupEmailAccount').selectAll().where('id', '=', modern.id).executeTakeFirstOrThrow())
}

/** An administrator in a browser: passwords (right, wrong, new), session, CSRF token, second factor, keys, invitations, a forgotten password. */
async function plantPeople(app: TestApp, plant: Plant, remember: (name: string, text: string) => string): Promise<void> {
  const password = plant('password', true)
  await expectDone(app.api.post('/users', { userName: 'anna@acme.example', emailAddress: 'anna@acme.example', type: 'admin', password }))
  const person = browser(app)
  await person.send('POST', '/session', { userName: 'anna@acme.example', password: plant('wrong password', true) })
  const session = await person.send('POST', '/session', { userName: 'anna@acme.example', password })
  remember('session', /=([^;]+)/.exec(String(session.headers['set-cookie']))![1]!)
  remember('CSRF token', session.body.csrfToken)
  const { body: { secret } } = await person.send('POST', '/session/second-factor', { password })
  const { body: { recoveryCodes } } = await person.send('POST', '/session/second-factor/confirm', { code: codeAt(fromBase32(remember('second factor', secret)), stepAt(app.clock.read())) })
  for (const code of recoveryCodes as string[]) remember('recovery code', code)
  remember('second factor of another app', (await person.send('POST', '/session/second-factor', { password })).body.secret)
  const key = await person.send('POST', '/api-keys', { name: 'shop' }, { 'idempotency-key': 'made-once' })
  remember('API key', key.body.key)
  await person.send('POST', '/users', { userName: 'ben@acme.example', emailAddress: 'ben@acme.example', password: plant('password of a new user', true) }, { 'idempotency-key': 'user-once' })
  await expectDone(app.api.post('/invitations', { emailAddresses: ['carla@acme.example'] }))
  await person.send('POST', '/password-resets', { userName: 'ben@acme.example' })
  await person.send('POST', '/session/password', { currentPassword: plant('wrong current password', true), newPassword: plant('new password', true) })
  for (const mail of await app.db.selectFrom('systemMail').selectAll().where('textSealed', 'is not', null).execute()) remember(`link: ${mail.subject}`, /#([\w-]+)/.exec(app.secrets.open(mail.textSealed!))![1]!)
}

async function expectDone(answer: Promise<{ status: number; body: any; text: string }>) {
  const { status, body, text } = await answer
  if (status >= 300) throw new Error(`A canary could not be planted: ${text}`)
  return body
}

/** As it is, as JSON and addresses spell it, in hex, in base64 wherever it begins; of what can be guessed its plain hash, too. */
export function spellings({ text, guessable }: Canary): string[] {
  const bytes = Buffer.from(text)
  // Wherever in a group of three bytes it begins; the first and the last letters depend on what stands beside it.
  const base64 = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '').slice(before === 0 ? 0 : 4, -2)
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hashes = guessable ? ['sha256', 'sha1', 'md5'].flatMap((name) => (['hex', 'base64', 'base64url'] as const).map((form) => createHash(name).update(text).digest(form).replace(/=+$/, ''))) : []
  return [...new Set([text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), new URLSearchParams({ x: text }).toString().slice(2), bytes.toString('hex'), ...base64, ...hashes])]
}

/** The names of those that a text gives away. */
export function givenAway(canaries: readonly Canary[], text: string): string[] {
  const lower = text.toLowerCase()
  return [...new Set(canaries.filter((canary) => spellings(canary).some((spelling) => text.includes(spelling) || (/^[0-9a-f]{32,}$/.test(spelling) && lower.includes(spelling)))).map(({ name }) => name))]
}
