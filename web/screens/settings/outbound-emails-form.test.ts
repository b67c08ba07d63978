/** What the Outbound Emails form sends. */
import { expect, test } from 'vitest'
import type { OutboundEmails } from '../../../src/settings/contract.ts'
import { patchOf, valuesOf } from './outbound-emails-form.ts'

const smtp = { host: 'smtp.acme.example', port: 587, security: 'starttls', username: 'acme', passwordSet: true } as const
const saved = { maxPerHour: 100, batchSize: null, messagesPerConnection: null, systemSmtp: smtp, version: 3 } as unknown as OutboundEmails

test('an untouched form sends nothing, a password is sent only when one was typed', () => {
  expect(patchOf(valuesOf(saved), saved)).toEqual({})
  expect(patchOf({ ...valuesOf(saved), systemSmtp: { ...smtp, password: 'new' } }, saved)).toEqual({ systemSmtp: { password: 'new' } })
})

test('an emptied host brings the Sandbox back, an emptied limit lifts it', () => {
  const values = { ...valuesOf(saved), maxPerHour: '' as unknown as null, systemSmtp: { ...smtp, host: '', password: '' } }
  expect(patchOf(values, saved)).toEqual({ maxPerHour: null, systemSmtp: null })
})

test('the answer to a change becomes the form again, without what only the answer says', () => {
  expect(patchOf(valuesOf({ ...saved, pausedMassEmailIds: ['a'] }), saved)).toEqual({})
})
