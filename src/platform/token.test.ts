import { expect, test } from 'vitest'
import { decodeToken, decodeVerp, encodeToken, encodeVerp } from './token.ts'

const key = Buffer.alloc(32, 7)
const token = { purpose: 'click', lane: 63, id: 9_007_199_254_740_991, link: 4711 } as const

test('a token says lane, delivery and link, up to the largest id', () => {
  expect(decodeToken([key], 'click', encodeToken(key, token))).toEqual(token)
  expect(decodeToken([key], 'optOut', encodeToken(key, { purpose: 'optOut', lane: 0, id: 1 }))).toEqual({ purpose: 'optOut', lane: 0, id: 1 })
})

test('a token made for one purpose opens nothing else, and none opens under another key', () => {
  expect(decodeToken([key], 'optOut', encodeToken(key, token))).toBeNull()
  expect(decodeToken([Buffer.alloc(32, 8)], 'click', encodeToken(key, token))).toBeNull()
})

test('every single changed character, and every other spelling, is refused', () => {
  const text = encodeToken(key, token)
  const others = [...text].map((letter, at) => text.slice(0, at) + (letter === 'A' ? 'B' : 'A') + text.slice(at + 1))
  const spellings = [`${text}=`, `${text}A`, ` ${text}`, text.slice(0, -1), `${text}%00`, '', 'x', 'A'.repeat(200)]
  expect([...others, ...spellings].filter((wrong) => decodeToken([key], 'click', wrong) !== null)).toEqual([])
})

test('a VERP token survives servers that fold case, and fits a local part with its prefix', () => {
  const text = encodeVerp(key, 63, 9_007_199_254_740_991)
  expect(text).toMatch(/^[a-z2-7]+$/)
  expect(`bounce+${text}`.length).toBeLessThanOrEqual(64)
  expect(decodeVerp([key], text.toUpperCase())).toEqual({ purpose: 'verp', lane: 63, id: 9_007_199_254_740_991 })
  expect(decodeVerp([key], `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`)).toBeNull()
})

test('a token says that it is of a test mail, and a real one cannot be turned into such', () => {
  const token = { purpose: 'click', lane: 63, id: 9, link: 3, test: true } as const
  expect(decodeToken([key], 'click', encodeToken(key, token))).toEqual(token)
  const real = Buffer.from(encodeToken(key, { purpose: 'click', lane: 63, id: 9, link: 3 }), 'base64url')
  real[0] = 63 | 0x40
  expect(decodeToken([key], 'click', real.toString('base64url'))).toBeNull()
})
