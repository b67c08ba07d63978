import { expect, test } from 'vitest'
import { bestOf, type Compared, comparedRates, ratesChart, sinceStartChart } from './comparison.ts'

const campaign = (id: string, figures: Partial<Compared['figures']>, hours: Compared['hours'] = []): Compared => ({
  id, name: id.toUpperCase(), type: 'email', status: 'active', startedAt: '2030-01-01T00:00:00Z', hours,
  figures: {
    people: 0, sent: 100, delivered: 100, opened: 0, clicked: 0, clicks: 0, optedOut: 0, optedIn: 0, bouncedHard: 0, bouncedSoft: 0, complained: 0, replied: 0,
    failed: 0, skipped: 0, uncertain: 0, leadsCreated: 0, machine: { opened: 0, clicked: 0 }, ...figures,
  },
})
const row = (rate: string) => comparedRates.find((each) => each.rate === rate)!

test('the best of opens is the highest, of opt-outs the lowest; where all are alike none is marked', () => {
  const both = [campaign('a', { opened: 20, optedOut: 2 }), campaign('b', { opened: 30, optedOut: 5 })]
  expect([...bestOf(both, row('opened'))]).toEqual(['b'])
  expect([...bestOf(both, row('optedOut'))]).toEqual(['a'])
  expect([...bestOf(both, row('clicked'))]).toEqual([])
  expect([...bestOf([both[0]!, campaign('c', { sent: 0, delivered: 0 })], row('opened'))]).toEqual([])
})

test('a difference that is not shown makes none the best', () => {
  const alike = [campaign('a', { delivered: 100_000, opened: 50_010 }), campaign('b', { delivered: 100_000, opened: 50_020 }), campaign('c', { delivered: 100_000, opened: 40_000 })]
  expect([...bestOf(alike, row('opened'))]).toEqual(['a', 'b'])
  expect([...bestOf(alike.slice(0, 2), row('opened'))]).toEqual([])
})

test('rates are drawn in hundredths, and a campaign that sent nothing has none', () => {
  expect(ratesChart([campaign('a', { opened: 25 }), campaign('b', { sent: 0, delivered: 0 })], ['opened'], 'Rates')).toMatchObject({ categories: ['Opened'], series: [{ label: 'A', values: [25] }, { label: 'B', values: [null] }] })
})

test('each campaign runs from its own first mail, adds up, and is not told of what is yet to come', () => {
  const hours = [{ hour: 0, counts: { opened: 10 } }, { hour: 2, counts: { opened: 5 } }]
  const { categories, series } = sinceStartChart([campaign('a', {}, hours)], 'opened', 'Opened', new Date('2030-01-01T02:00:00Z'))
  expect(categories).toEqual(['1 h', '2 h', '3 h'])
  expect(series[0]!.values).toEqual([10, 10, 15])
  expect(sinceStartChart([campaign('a', {}, hours)], 'opened', 'Opened', new Date('2030-01-01T00:30:00Z')).series[0]!.values).toEqual([10, null, null])
})
