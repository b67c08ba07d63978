import { expect, test } from 'vitest'
import { adviceFor } from './advice.ts'
import { type Outcome, type Stage, without } from './outcome.ts'
import { presetOf } from './presets.ts'

const server = { host: 'mail.acme.example', port: 587, security: 'starttls' } as const
const said = (stage: Stage, reply: string, to = server as Parameters<typeof adviceFor>[1]) => adviceFor(without('accountFailure', stage, reply), to)

test.each([
  ['connect', 'getaddrinfo ENOTFOUND mail.acme.example', 'no machine of the name mail.acme.example', 'slip'],
  ['connect', 'connect ECONNREFUSED 203.0.113.9:587', 'Nothing listens at mail.acme.example:587', '465'],
  ['connect', 'no connection to mail.acme.example:587 within 10 seconds', 'cannot be reached', 'firewall'],
  ['connect', 'write EPROTO 0A00010B:SSL routines:ssl3_get_record:wrong version number', 'does not begin with TLS', 'STARTTLS'],
  ['starttls', 'self-signed certificate', 'certificate', 'public authority'],
  ['starttls', "Hostname/IP does not match certificate's altnames", 'another name', 'host name'],
  ['starttls', 'The server does not offer STARTTLS.', 'STARTTLS', '465'],
  ['banner', 'The server did not answer within 10 seconds.', 'says nothing', 'TLS'],
  ['banner', '554 5.7.1 blocked using a list', 'does not let us in', 'block list'],
  ['auth', '535 5.7.8 authentication failed', 'user name and password', 'programs'],
  ['mail', '553 5.7.1 not yours', 'sender address', 'confirmed'],
  ['dot', '550 5.7.1 limit', 'the mail itself', 'limit'],
] as const)('at %s, "%s" is explained', (stage, reply, message, advice) => {
  expect(said(stage, reply).message).toContain(message)
  expect(said(stage, reply).advice).toContain(advice)
})

test('a refused password is explained by what the provider wants', () => {
  expect(said('auth', '534 5.7.9 Application-specific password required', { ...server, host: 'smtp.gmail.com' }).advice).toContain('app password')
})

test('every stage has an explanation', () => {
  const stages: Outcome['stage'][] = ['connect', 'banner', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'dot']
  for (const stage of stages) expect(said(stage, 'something new')).toEqual({ message: expect.stringMatching(/./), advice: expect.stringMatching(/./) })
})

test('a provider is known by any of its hosts', () => {
  expect([presetOf('email-smtp.us-east-1.amazonaws.com')?.id, presetOf('smtp.eu.mailgun.org')?.id, presetOf('mail.acme.example')]).toEqual(['amazonSes', 'mailgun', null])
})
