import { expect, test } from 'vitest'
import { visitorMark } from './visitor.ts'

test('the mark of a visitor is the same again, differs from others, and holds neither address nor agent', () => {
  const key = Buffer.alloc(32, 7)
  const ann = { ip: '203.0.113.77', userAgent: 'Mozilla/5.0' }
  expect(visitorMark(key, ann)).toBe(visitorMark(key, ann))
  expect(visitorMark(key, ann)).not.toBe(visitorMark(key, { ...ann, ip: '203.0.113.78' }))
  expect(visitorMark(key, ann)).toMatch(/^[0-9a-f]{16}$/)
})
