/** Search over the settings of all pages of Administration. */
import { expect, test } from 'vitest'
import { settings } from '../../src/settings/contract.ts'
import { findSettings, findSettingsOnly } from './setting-places.ts'

const titles = (text: string, managesUsers = true) => findSettings(text, managesUsers).map(({ title }) => title)

test('every setting is found by its name, and the address leads to its field', () => {
  for (const { title, key } of settings) expect(findSettingsOnly(title, false).map(({ to }) => new URLSearchParams(to.split('?')[1]).get('setting')), title).toContain(key)
})

test('what it does and other words for it find a setting too; every word must fit, and names come first', () => {
  expect(titles('gdpr')).toContain('Kept of an IP address')
  expect(titles('invisible picture')).toEqual(['Track opens'])
  expect(titles('bounce domain')[0]).toBe('Bounce domain')
  expect(titles('no such setting')).toEqual([])
  expect(titles('  ')).toEqual([])
})

test('pages and what is set on them are found, what only user managers may open is found by them only', () => {
  expect(titles('clean up')).toContain('Schedule of Clean Up')
  expect(titles('warm-up')).toEqual(expect.arrayContaining(['Outbound accounts', 'Warm-up']))
  expect(titles('oidc')).toEqual(expect.arrayContaining(['Single sign-on', 'Sign-in']))
  expect(titles('oidc', false)).toEqual([])
})
