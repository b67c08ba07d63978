import { expect, test } from 'vitest'
import type { Rights } from '../../../src/access/contract.ts'
import { warningsOf } from './role-warnings.ts'

const nothing = { create: false, read: 'no', edit: 'no', delete: 'no' } as const
const all = { create: true, read: 'all', edit: 'all', delete: 'all' } as const
const things = [{ name: 'Contact', title: 'Contacts' }, { name: 'User', title: 'Users' }, { name: 'Campaign', title: 'Campaigns' }, { name: 'TargetList', title: 'Target Lists' }, { name: 'EmailTemplate', title: 'Email Templates' }]
const warnings = (rights: Partial<Rights>) => warningsOf({ types: {}, otherTypes: nothing, permissions: [], sendNeedsApproval: false, ...rights }, things)

test('a role that fits together has no warnings', () => {
  expect(warnings({})).toEqual([])
  expect(warnings({ otherTypes: all, permissions: ['send', 'sendInformational', 'export', 'massUpdate', 'import'] })).toEqual([])
})

test('each contradiction is one sentence', () => {
  expect(warnings({ permissions: ['send'] })).toEqual([expect.stringContaining('see no campaign')])
  expect(warnings({ permissions: ['send'], otherTypes: { ...nothing, read: 'all' } })).toEqual([expect.stringContaining('change no campaign')])
  expect(warnings({ permissions: ['send'], types: { Campaign: all } })).toEqual([expect.stringContaining('no target list'), expect.stringContaining('no email template')])
  expect(warnings({ permissions: ['sendInformational'] })).toEqual([expect.stringContaining('without Send')])
  expect(warnings({ permissions: ['export'], types: { User: { ...nothing, read: 'all' } } })).toEqual([expect.stringContaining('nothing that they could export')])
  expect(warnings({ permissions: ['massUpdate'], otherTypes: { ...nothing, read: 'all' } })).toEqual([expect.stringContaining('change nothing')])
  expect(warnings({ permissions: ['import'], otherTypes: { ...nothing, read: 'all' } })).toEqual([expect.stringContaining('every import is refused')])
  expect(warnings({ types: { Contact: { create: true, read: 'own', edit: 'team', delete: 'all' } } })).toEqual([expect.stringContaining('Contacts: change and delete reaches further')])
  expect(warnings({ types: { Contact: { ...nothing, create: true } } })).toEqual([expect.stringContaining('do not see what they have made')])
})
