import { expect, test } from 'vitest'
import { forecast, type ForecastInput, type ForecastLimit } from './forecast.ts'
import { isWindowOpen, nextOpening } from './sending-window.ts'

const noon = new Date('2030-01-01T12:00:00Z')   // a Tuesday
const hourMs = 3_600_000
const portion = (max: number, uses: ForecastLimit['uses'] = []): ForecastLimit => ({ cause: 'portion', windowMs: hourMs, max: () => max, uses })
const eachMinute = (at: Date) => new Date(Math.ceil(at.getTime() / 60_000) * 60_000)

const given = (input: Partial<ForecastInput>): ForecastInput =>
  ({ from: noon, waiting: 0, others: [], portion: [], accounts: [[]], perMinute: null, isOpen: () => true, nextOpening: (at) => at, nextRun: eachMinute, ...input })
const after = (hours: number, minutes = 0) => new Date(noon.getTime() + hours * hourMs + minutes * 60_000)

test('11,895 people at 1,000 an hour are reached when the twelfth portion goes', () => {
  const { finishesAt, limitedBy, planned } = forecast(given({ waiting: 11_895, portion: [portion(1_000)] }))
  expect([finishesAt, limitedBy]).toEqual([after(11), 'portion'])
  expect(planned.map(({ count }) => count)).toEqual([...Array(11).fill(1_000), 895])
  expect(planned[3]!.hour).toEqual(after(3))
})

test('what was sent within the last hour takes its part of the next portion', () => {
  const { finishesAt } = forecast(given({ waiting: 100, portion: [portion(100, [{ at: noon.getTime() - 30 * 60_000, count: 100 }])] }))
  expect(finishesAt).toEqual(after(0, 30))
})

test('mass emails that go out at the same time share the portion until they are done', () => {
  const { finishesAt } = forecast(given({ waiting: 300, others: [100], portion: [portion(100)] }))
  expect(finishesAt).toEqual(after(3))
  expect(forecast(given({ waiting: 300, portion: [portion(100)] })).finishesAt).toEqual(after(2))
})

test('the sending window is waited for', () => {
  const window = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '08:00', to: '14:00' }
  const { finishesAt, limitedBy } = forecast(given({
    waiting: 350, portion: [portion(100)], isOpen: (at) => isWindowOpen(window, at), nextOpening: (at) => nextOpening(window, at),
  }))
  expect([finishesAt, limitedBy]).toEqual([new Date('2030-01-02T09:00:00Z'), 'window'])
})

test('accounts carry together what each may, and a warm-up grows on the way', () => {
  const account = (max: number): ForecastLimit => ({ cause: 'account', windowMs: hourMs, max: () => max, uses: [] })
  expect(forecast(given({ waiting: 100, accounts: [[account(20)], [account(30)]] }))).toMatchObject({ finishesAt: after(1), limitedBy: 'account' })
  const warmUp: ForecastLimit = { cause: 'warmUp', windowMs: 24 * hourMs, max: (at) => (at < after(24) ? 50 : 100), uses: [] }
  expect(forecast(given({ waiting: 240, accounts: [[warmUp]] }))).toMatchObject({ finishesAt: after(48), limitedBy: 'warmUp' })
})

test('without a limit its own speed says when it is out; without a run to come nobody can', () => {
  expect(forecast(given({ waiting: 6_000, perMinute: 100 }))).toMatchObject({ finishesAt: after(1), limitedBy: 'speed' })
  expect(forecast(given({ waiting: 200, portion: [portion(100)], nextRun: () => null })).finishesAt).toBe(null)
  expect(forecast(given({ waiting: 0 }))).toEqual({ finishesAt: noon, limitedBy: null, planned: [] })
})

test('a million at a thousand an hour is told at once', () => {
  const from = performance.now()
  const { finishesAt, planned } = forecast(given({ waiting: 1_000_000, portion: [portion(1_000)] }))
  expect([finishesAt, planned.length]).toEqual([after(999), 1_000])
  expect(performance.now() - from).toBeLessThan(1_000)
})
