/** Where signing in may lead. */
import { expect, test } from 'vitest'
import { localPath } from './local-path.ts'

test('signing in leads back to a page of ours and never to another site', () => {
  expect(localPath('/campaigns?q=a')).toBe('/campaigns?q=a')
  expect([null, '', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/a\n//evil.example'].map(localPath)).toEqual(Array(8).fill('/'))
})
