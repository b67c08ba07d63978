import { expect, test } from 'vitest'
import { fromBase32 } from '../platform/base32.ts'
import { codeAt, otpauthUrl, stepAt, stepOfCode } from './totp.ts'

/** Of RFC 6238, appendix B: the last six of its eight digits. */
const secret = Buffer.from('12345678901234567890')
const vectors: [seconds: number, code: string][] = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']]

const at = (seconds: number) => new Date(seconds * 1000)

test('the codes are those of RFC 6238', () => {
  expect(vectors.map(([seconds]) => codeAt(secret, stepAt(at(seconds))))).toEqual(vectors.map(([, code]) => code))
})

test('a code counts half a minute before and after its time, and never again once it or a later one was taken', () => {
  const step = stepAt(at(59))
  const taken = (seconds: number, after = 0) => stepOfCode(secret, '287082', { now: at(seconds), after })
  expect([0, 30, 59, 89].map((seconds) => taken(seconds))).toEqual([step, step, step, step])
  expect([taken(90), taken(600)]).toEqual([null, null])
  expect([taken(59, step), taken(59, step + 1), taken(59, step - 1)]).toEqual([null, null, step])
})

test('the address for the app names product and person, and holds the secret as apps want it', () => {
  const url = new URL(otpauthUrl('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'anna+crm@shop.example'))
  expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual(['otpauth:', 'totp', '/Tidings:anna+crm@shop.example'])
  expect(Object.fromEntries(url.searchParams)).toEqual({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', issuer: 'Tidings' })
  expect(fromBase32(url.searchParams.get('secret')!)).toEqual(secret)
})
