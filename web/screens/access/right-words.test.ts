import { expect, test } from 'vitest'
import { rightsInWords } from './right-words.ts'

test('what a role can do with one kind of thing is one sentence, and says nothing that the server would refuse', () => {
  expect(rightsInWords({ create: true, read: 'all', edit: 'own', delete: 'no' }, 'contacts')).toBe('See all contacts, change their own, delete none, and create new ones.')
  expect(rightsInWords({ create: false, read: 'own', edit: 'all', delete: 'own' }, 'contacts')).toBe('See their own contacts, change the same, delete the same.')
  expect(rightsInWords({ create: false, read: 'no', edit: 'all', delete: 'all' }, 'leads')).toBe('See no leads.')
  expect(rightsInWords({ create: true, read: 'no', edit: 'no', delete: 'no' }, 'leads')).toBe('See no leads, but can create them.')
})
