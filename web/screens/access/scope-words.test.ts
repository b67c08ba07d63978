/** What an API key may do, and whether it is still needed, in words. */
import { expect, test } from 'vitest'
import { adviceOn, reachesOf, scopesInWords, scopesOf, templates } from './scope-words.ts'

test('the scopes of a key are one sentence', () => {
  expect(scopesInWords(['all:write'])).toBe('Everything')
  expect(scopesInWords(['all:read'])).toBe('Reads everything')
  expect(scopesInWords(['all:read', 'records:write'])).toBe('Changes records; reads everything')
  expect(scopesInWords(['imports:write', 'records:read', 'targetLists:write'])).toBe('Changes imports, target lists; reads records')
  expect(scopesInWords(['reports:read'])).toBe('Reads reports')
})

test('a choice by part begins with a template and gives the same scopes back', () => {
  for (const { scopes } of templates.slice(2)) expect(scopesOf(reachesOf(scopes)).toSorted()).toEqual(scopes.toSorted())
  expect(new Set(Object.values(reachesOf(['all:read'])))).toEqual(new Set(['read']))
})

test('a key that is over, never used or long unused says so, a new one does not', () => {
  const now = new Date('2030-06-01T00:00:00Z')
  const key = { createdAt: '2030-01-01T00:00:00Z', lastUsedAt: '2030-05-31T00:00:00Z', expiresAt: null }
  expect(adviceOn(key, now)).toBeUndefined()
  expect(adviceOn({ ...key, lastUsedAt: '2030-02-01T00:00:00Z' }, now)).toContain('Not used for 120 days')
  expect(adviceOn({ ...key, lastUsedAt: null }, now)).toContain('Never used')
  expect(adviceOn({ ...key, createdAt: '2030-05-31T12:00:00Z', lastUsedAt: null }, now)).toBeUndefined()
  expect(adviceOn({ ...key, expiresAt: '2030-05-01T00:00:00Z' }, now)).toContain('over')
})
