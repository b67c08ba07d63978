import { expect, test } from 'vitest'
import type { GroupEmailAccount } from '../../../src/mailbox/contract.ts'
import { bodyOf, valuesOf } from './account-form.ts'

const saved = {
  name: 'Bounces', emailAddress: 'b@acme.example', imap: { host: 'imap.acme.example', port: 993, security: 'tls', auth: 'password', username: 'b', passwordSet: true },
  smtp: { host: '', port: 587, security: 'starttls', auth: 'password', username: '', passwordSet: false }, oauth2: null,
} as unknown as GroupEmailAccount

test('only what was changed is sent, and no password that nobody typed', () => {
  const values = valuesOf(saved)
  expect(bodyOf(values, saved)).toEqual({})
  expect(bodyOf({ ...values, imap: { ...values.imap, port: 143 } }, saved)).toEqual({ imap: { host: 'imap.acme.example', port: 143, security: 'tls', auth: 'password', username: 'b' } })
  expect(bodyOf({ ...values, imap: { ...values.imap, password: 'new' } }, saved)).toMatchObject({ imap: { password: 'new' } })
})
