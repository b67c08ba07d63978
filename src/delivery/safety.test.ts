import { expect, test } from 'vitest'
import { dangerOf, isWorthWarning } from './safety.ts'

const clean = { sent: 1000, dead: 0, bouncedHard: 0, complained: 0 }

test('below a hundred nothing is stopped, however bad it looks', () => {
  expect(dangerOf({ sent: 40, dead: 59, bouncedHard: 0, complained: 9 }, null)).toBeNull()
  expect(dangerOf({ sent: 41, dead: 59, bouncedHard: 0, complained: 0 }, null)).toBe('hardBounces')
})

test('5 % hard bounces stop it, once there are ten; addresses that were refused as dead count as such', () => {
  expect(dangerOf({ ...clean, sent: 150, bouncedHard: 9 }, null)).toBeNull()
  expect(dangerOf({ ...clean, sent: 150, bouncedHard: 10 }, null)).toBe('hardBounces')
  expect(dangerOf({ ...clean, bouncedHard: 49 }, null)).toBeNull()
  expect(dangerOf({ ...clean, bouncedHard: 50 }, null)).toBe('hardBounces')
  expect(dangerOf({ ...clean, sent: 950, dead: 50 }, null)).toBe('hardBounces')
})

test('0.3 % complaints stop it, 0.1 % are worth a warning', () => {
  expect([dangerOf({ ...clean, complained: 2 }, null), dangerOf({ ...clean, complained: 3 }, null)]).toEqual([null, 'complaints'])
  expect([isWorthWarning(clean), isWorthWarning({ ...clean, complained: 1 }), isWorthWarning({ ...clean, sent: 99, complained: 1 })]).toEqual([false, true, false])
})

test('what a person went on with stops it again only when it gets worse', () => {
  const accepted = { ...clean, sent: 200, bouncedHard: 20, complained: 2 }
  expect(dangerOf(accepted, accepted)).toBeNull()
  expect(dangerOf({ ...accepted, sent: 400, bouncedHard: 40, complained: 4 }, accepted)).toBeNull()
  expect(dangerOf({ ...accepted, sent: 250, bouncedHard: 29 }, accepted)).toBeNull()
  expect(dangerOf({ ...accepted, sent: 250, bouncedHard: 30 }, accepted)).toBe('hardBounces')
  expect(dangerOf({ ...accepted, sent: 250, complained: 3 }, accepted)).toBe('complaints')
})
