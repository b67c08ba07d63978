/** How far a test came. */
import { expect, test } from 'vitest'
import { stepsOf } from './test-steps.ts'

const states = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).map(({ title, state }) => `${title}: ${state}`)

test('the step that failed is marked, what came before is done, the rest was not reached', () => {
  expect(states({ ok: false, stage: 'auth' }, { security: 'starttls' }, true)).toEqual(['Connect: done', 'Encrypt: done', 'Sign in: failed', 'Send the mail: left'])
  expect(states({ ok: false, stage: 'banner' }, { security: 'tls' }, false)).toEqual(['Connect: failed', 'Encrypt: left', 'Sign in: left'])
})

test('a test without a mail or without encryption has no such step', () => {
  expect(states({ ok: true, stage: 'auth' }, { security: 'none' }, false)).toEqual(['Connect: done', 'Sign in: done'])
})
