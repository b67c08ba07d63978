import { expect, test } from 'vitest'
import { storedIp, visitorMark } from './visitor.ts'

test('of an address as much is kept as the settings say', () => {
  expect(storedIp('203.0.113.77', 'full')).toBe('203.0.113.77')
  expect(storedIp('203.0.113.77', 'no')).toBe('')
  expect(storedIp('203.0.113.77', 'anonymised')).toBe('203.0.113.0')
  expect(storedIp('::ffff:203.0.113.77', 'anonymised')).toBe('203.0.113.0')
  expect(storedIp('2001:db8:85a3:8d3:1319:8a2e:370:7348', 'anonymised')).toBe('2001:db8:85a3::')
  expect(storedIp('2001:db8::1', 'anonymised')).toBe('2001:db8:0::')
  expect(storedIp('::1', 'anonymised')).toBe('0:0:0::')
})

test('the mark of a visitor is the same again, differs from others, and holds neither address nor agent', () => {
  const key = Buffer.alloc(32, 7)
  const ann = { ip: '203.0.113.77', userAgent: 'Mozilla/5.0' }
  expect(visitorMark(key, ann)).toBe(visitorMark(key, ann))
  expect(visitorMark(key, ann)).not.toBe(visitorMark(key, { ...ann, ip: '203.0.113.78' }))
  expect(visitorMark(key, ann)).toMatch(/^[0-9a-f]{16}$/)
})
