import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { shortHmac } from './short-hmac.ts'

test('whatever the key and the text, the signature is the one that node:crypto makes', () => {
  for (let length = 0; length <= 55; length++) {
    for (const key of [randomBytes(32), randomBytes(64), randomBytes(100), Buffer.alloc(0)]) {
      const message = randomBytes(length)
      expect(Buffer.from(shortHmac(key)(message, length))).toEqual(createHmac('sha256', key).update(message).digest())
    }
  }
})

test('one signature leaves nothing behind in the next', () => {
  const key = randomBytes(32)
  const sign = shortHmac(key)
  sign(randomBytes(55), 55)
  expect(Buffer.from(sign(Buffer.from('abc'), 3))).toEqual(createHmac('sha256', key).update('abc').digest())
})

test('a text that needs more than one block is refused, not signed wrongly', () => {
  expect(() => shortHmac(randomBytes(32))(randomBytes(56), 56)).toThrow(RangeError)
})
