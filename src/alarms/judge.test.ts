import { expect, test } from 'vitest'
import { type Finding, judge, type Rules, type Told } from './judge.ts'

const now = new Date('2030-01-01T12:00:00Z')
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const finding = (level: Finding['level'], minutes: number): Finding => ({ code: 'smtp', level, message: 'ECONNREFUSED', advice: '', since: before(minutes) })
const told = (level: Told['level'], minutes = 10): Told => ({ code: 'smtp', level, toldAt: before(minutes) })
const rules: Rules = { level: 'error', afterMinutes: 5, repeatDaily: false }
const says = (given: Finding | null, was: Told | null, more: Partial<Rules> = {}) => {
  const { alarms, over } = judge(given ? [given] : [], was ? [was] : [], { ...rules, ...more }, now)
  return alarms.length > 0 ? (alarms[0]!.again ? 'again' : 'alarm') : over.length > 0 ? 'over' : 'quiet'
}

test('an error that lasts is told once, and once that it is over', () => {
  expect([says(finding('error', 4), null), says(finding('error', 5), null), says(finding('error', 6), told('error'))]).toEqual(['quiet', 'alarm', 'quiet'])
  expect([says(finding('ok', 0), told('error')), says(finding('ok', 0), null), says(null, told('error'))]).toEqual(['over', 'quiet', 'over'])
})

test('a warning is told where that is wanted; else an alarm is over when only a warning is left', () => {
  expect([says(finding('warning', 60), null), says(finding('warning', 60), null, { level: 'warning' })]).toEqual(['quiet', 'alarm'])
  expect([says(finding('warning', 60), told('error')), says(finding('warning', 60), told('error'), { level: 'warning' })]).toEqual(['over', 'quiet'])
  expect([finding('warning', 1), finding('ok', 1)].map((left) => judge([left], [told('error')], rules, now).over[0]!.left)).toEqual(['ECONNREFUSED', null])
})

test('what gets worse is told once more, as long as it lasts', () => {
  const both = { level: 'warning' } as const
  expect([says(finding('error', 1), told('warning'), both), says(finding('error', 5), told('warning'), both)]).toEqual(['quiet', 'alarm'])
})

test('what is not known is neither an alarm nor over', () => {
  expect([says(finding('unknown', 60), null), says(finding('unknown', 60), told('error'))]).toEqual(['quiet', 'quiet'])
})

test('it is repeated each day only where that is wanted', () => {
  const day = 24 * 60
  expect([says(finding('error', 2 * day), told('error', day)), says(finding('error', 2 * day), told('error', day), { repeatDaily: true }), says(finding('error', 2 * day), told('error', day - 1), { repeatDaily: true })])
    .toEqual(['quiet', 'again', 'quiet'])
})
