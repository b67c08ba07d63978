import { expect, test } from 'vitest'
import type { Unmailed } from '../notices/unmailed.ts'
import { type Given, planMails, usualChoice } from './plan.ts'

const now = new Date('2030-01-01T12:00:00Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const notice = (more: Partial<Unmailed> = {}): Unmailed => ({
  id: Math.random().toString(), kind: 'accountBroken', level: 'error', title: 'Acme does not take mail', text: '', about: null, createdAt: before(2), overAt: null, readAt: null, ...more,
})
const given: Given = { choiceOf: (kind) => usualChoice(kind, { hasSignedIn: true }), recentMails: 0, lastMailAt: null, now }
const shape = (notices: Unmailed[], more: Partial<Given> = {}) => {
  const { mails, dropped } = planMails(notices, { ...given, ...more })
  return [mails.map(({ length }) => length), dropped.length]
}

test('what went wrong is mailed, and that a mass email is out; what is well again, over, read or old is not', () => {
  expect(shape([notice()])).toEqual([[1], 0])
  expect(shape([notice({ kind: 'massEmailComplete', level: 'success' })])).toEqual([[1], 0])
  expect(shape([notice({ kind: 'importDone', level: 'success' })])).toEqual([[], 1])
  expect(shape([notice({ kind: 'importDone', level: 'warning' })])).toEqual([[1], 0])
  expect(shape([notice({ kind: 'accountWorks', level: 'success' }), notice({ overAt: now }), notice({ readAt: now }), notice({ createdAt: before(25 * 60) })])).toEqual([[], 4])
})

test('everybody chooses: all of a kind, only what went wrong, or nothing', () => {
  const well = notice({ kind: 'importDone', level: 'success' })
  expect([shape([well], { choiceOf: () => 'always' }), shape([well], { choiceOf: () => 'trouble' }), shape([notice()], { choiceOf: () => 'never' })]).toEqual([[[1], 0], [[], 1], [[], 1]])
})

test('a minute is waited: what is over again within it is not worth a mail', () => {
  expect(shape([notice({ createdAt: before(0.9) })])).toEqual([[], 0])
  expect(shape([notice({ createdAt: before(1) }), notice({ createdAt: before(0.1) })])).toEqual([[1, 1], 0])
})

test('more than five within minutes become one mail, and the next one waits for ten minutes', () => {
  const many = (count: number) => Array.from({ length: count }, () => notice())
  expect(shape(many(5))).toEqual([[1, 1, 1, 1, 1], 0])
  expect(shape(many(6))).toEqual([[6], 0])
  expect(shape(many(2), { recentMails: 4, lastMailAt: before(1) })).toEqual([[], 0])
  expect(shape(many(3), { recentMails: 3, lastMailAt: before(10) })).toEqual([[3], 0])
})
