import { expect, test } from 'vitest'
import { linesOf } from './audit-detail.ts'

test('what changed is told before and after, and what stayed is not', () => {
  expect(linesOf({ from: { name: 'Sales', permissions: ['export'], types: { Contact: { read: 'own' } } }, to: { permissions: ['export', 'send'], types: { Contact: { read: 'team' } } } })).toEqual([
    { name: 'Permissions', before: 'export', after: 'export, send' }, { name: 'Types contact read', before: 'own', after: 'team' },
  ])
  expect(linesOf({ from: 'active', to: 'inactive' })).toEqual([{ name: '', before: 'active', after: 'inactive' }])
  expect(linesOf({ from: { types: { Lead: { read: 'all' } } }, to: { types: {} } })).toEqual([{ name: 'Types lead read', before: 'all', after: '–' }])
})

test('what else is told stands by its name, ids and empty values do not', () => {
  expect(linesOf({ fields: ['siteUrl', 'companyName'] })).toEqual([{ name: 'Changed', after: 'Site url, Company name' }])
  expect(linesOf({ userId: 'x', scopes: ['all:read'], reason: '', deliveries: 3, done: true })).toEqual([{ name: 'Scopes', after: 'all:read' }, { name: 'Deliveries', after: '3' }, { name: 'Done', after: 'yes' }])
  expect(linesOf({})).toEqual([])
})
