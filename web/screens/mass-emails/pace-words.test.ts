import { expect, test } from 'vitest'
import { finishWords, paceWords } from './pace-words.ts'

const now = new Date('2030-01-07T12:00:00')
const moving = { perMinute: 250, secondsLeft: 240, opened: true, portion: { nextAt: null } }

test('while it moves: rate and time left; while it waits for a portion: when that goes', () => {
  expect(paceWords(moving, now)).toBe('250 a minute · about 4 minutes left')
  expect(paceWords({ ...moving, opened: false, portion: { nextAt: '2030-01-07T14:00:00' } }, now)).toMatch(/^next portion today 14[:.]00|^next portion today 2:00/)
  expect(paceWords({ ...moving, perMinute: 0 }, now)).toBeUndefined()
})

test('when it finishes is said as people say it', () => {
  expect(finishWords({ waiting: 900, perHour: 1000, finishesAt: '2030-01-08T14:20:00', limitedBy: 'portion' }, now)).toMatch(/^Finishes tomorrow .*20.*, at 1.000 an hour\. The portion of each hour holds it back most\.$/)
  expect(finishWords({ waiting: 9, perHour: null, finishesAt: '2030-01-07T12:00:40', limitedBy: 'speed' }, now)).toBe('Finishes within minutes.')
  expect(finishWords({ waiting: 9, perHour: 10, finishesAt: null, limitedBy: null }, now)).toMatch(/cannot be said/)
  expect(finishWords({ waiting: 0, perHour: 10, finishesAt: null, limitedBy: null }, now)).toBe('Everything is out.')
})
