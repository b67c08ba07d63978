import { expect, test } from 'vitest'
import { funnelSteps } from './funnel.ts'

test('the funnel goes down in the order of the verdicts and ends at those who will get it', () => {
  const steps = funnelSteps({ candidates: 100, included: 80, verdicts: { duplicateAddress: 5, noAddress: 12, excludedRecord: 3 } })
  expect(steps.map(({ code, out, left }) => [code, out, left])).toEqual([
    ['excludedRecord', 3, 97], ['noAddress', 12, 85], ['duplicateAddress', 5, 80],
  ])
})

test('a verdict that hit nobody is no step', () => {
  expect(funnelSteps({ candidates: 3, included: 3, verdicts: { noAddress: 0 } })).toEqual([])
})

test('a verdict the web does not know yet is shown by its code, at the end', () => {
  const steps = funnelSteps({ candidates: 9, included: 0, verdicts: { somethingNew: 4, duplicateAddress: 5 } })
  expect(steps.map(({ name }) => name)).toEqual(['Duplicate address', 'somethingNew'])
})
