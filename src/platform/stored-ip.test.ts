import { expect, test } from 'vitest'
import { storedIp } from './stored-ip.ts'

test('of an address as much is kept as the settings say', () => {
  expect(storedIp('203.0.113.77', 'full')).toBe('203.0.113.77')
  expect(storedIp('203.0.113.77', 'no')).toBe('')
  expect(storedIp('203.0.113.77', 'anonymised')).toBe('203.0.113.0')
  expect(storedIp('::ffff:203.0.113.77', 'anonymised')).toBe('203.0.113.0')
  expect(storedIp('2001:db8:85a3:8d3:1319:8a2e:370:7348', 'anonymised')).toBe('2001:db8:85a3::')
  expect(storedIp('2001:db8::1', 'anonymised')).toBe('2001:db8:0::')
  expect(storedIp('::1', 'anonymised')).toBe('0:0:0::')
})
