/** What a filter over an entity type offers, and what it only understands. */
import { expect, test } from 'vitest'
import type { EntityType, Field } from '../../api/entity-types.ts'
import { filterFieldsOf, linkTarget, manyEnds } from './filter-fields.ts'

const field = (name: string, type: string, entityType: string | null = null): Field =>
  ({ name, type, label: name, entityType, required: false, unique: false, readOnly: false, default: null, maxLength: null, options: null, custom: false, relationshipId: null })
const typeOf = (name: string, fields: Field[]): EntityType =>
  ({ name, plural: `${name}s`, slug: name.toLowerCase(), baseType: 'person', mailable: true, icon: '', color: '', custom: false, fields })

const account = typeOf('Account', [field('name', 'text'), field('industry', 'text'), field('description', 'longText')])
const user = typeOf('User', [field('userName', 'text')])
const contact = typeOf('Contact', [field('addressCity', 'text'), field('title', 'text'), field('accountId', 'link', 'Account'), field('assignedUserId', 'link', 'User'), field('description', 'longText')])
const types = [account, contact, user]
const relationship = { id: '1', kind: 'manyToOne', left: 'Contact', right: 'Account', leftName: 'account', rightName: 'contacts', leftLabel: 'Account', rightLabel: 'Contacts', custom: false } as const

test('own fields come in the order of the layout, then what people did, then linked records; the rest is understood', () => {
  const fields = filterFieldsOf(contact, types, ['title', 'addressCity', 'targetList'], manyEnds(contact, types, [relationship]))
  const offered = fields.filter(({ hidden }) => !hidden).map(({ name }) => name)
  expect(offered.slice(0, 4)).toEqual(['title', 'addressCity', 'targetList', 'activity:sent'])
  expect(offered).toContain('account.industry')
  expect(offered).not.toContain('assignedUser.userName')
  for (const name of ['id', 'description', 'account', 'accountName', 'account.description', 'assignedUser.userName', 'accountId']) expect(fields.find((each) => each.name === name)?.hidden, name).toBe(true)
})

test('an account is asked for its contacts, and a link leads to its type also through a relationship', () => {
  const ends = manyEnds(account, types, [relationship])
  expect(filterFieldsOf(account, types, [], ends).map(({ name }) => name)).toContain('contacts.addressCity')
  expect(linkTarget(account, types, ends, { name: 'contacts.assignedUserId', label: '', type: 'link' })).toBe('User')
  expect(linkTarget(contact, types, [], { name: 'account', label: '', type: 'link' })).toBe('Account')
})
