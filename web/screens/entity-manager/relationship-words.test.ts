/** Relationships as people read them. */
import { expect, test } from 'vitest'
import { endWords, inOneSentence, seenFrom, sentences } from './relationship-words.ts'

const types = [{ name: 'Doctor', plural: 'Doctors' }, { name: 'Account', plural: 'Accounts' }]
const [doctor, account] = [endWords(types, 'Doctor'), endWords(types, 'Account')]

test('each end is told what it has', () => {
  expect(sentences('manyToOne', doctor, account)).toEqual(['A Doctor has one Account', 'An Account has many Doctors'])
  expect(inOneSentence(sentences('manyToOne', doctor, account))).toBe('A Doctor has one Account, an Account has many Doctors')
  expect(sentences('oneToMany', doctor, account)).toEqual(['A Doctor has many Accounts', 'An Account has one Doctor'])
  expect(sentences('manyToMany', endWords(types, 'TargetList'), doctor)).toEqual(['A Target List has many Doctors', 'A Doctor has many Target Lists'])
})

test('from the other end it is the same relationship the other way round', () => {
  const relationship = { id: '1', kind: 'manyToOne', left: 'Doctor', right: 'Account', leftName: 'account', rightName: 'doctors', leftLabel: 'Account', rightLabel: 'Doctors', custom: true } as const
  expect(seenFrom('Doctor', relationship)).toBe(relationship)
  expect(seenFrom('Account', relationship)).toMatchObject({ kind: 'oneToMany', left: 'Account', leftName: 'doctors', rightName: 'account' })
})
