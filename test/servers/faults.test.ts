/** The quick part of the fault scenarios: the program is killed, stopped and cut off, and the checker finds every invariant kept. All of them: `npm run faults`. */
import { expect, test } from 'vitest'
import { runScenario, type Scenario } from '../../faults/scenario.ts'
import { scenarios } from '../../faults/scenarios.ts'

const quick = scenarios.filter((scenario) => scenario.quick).map((scenario): [string, Scenario] => [scenario.promise, scenario])

test.each(quick)('%s', async (_promise, scenario) => {
  const { broken, recipients } = await runScenario(scenario)
  expect(broken ?? []).toEqual([])
  expect(recipients).toBeGreaterThan(0)
}, 300_000)
