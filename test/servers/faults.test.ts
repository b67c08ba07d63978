/** The quick part of the fault scenarios: the program is killed, stopped and cut off, and the checker finds every invariant kept. All of them: `npm run faults`. */
import { expect, test } from 'vitest'
import { runScenario } from '../../faults/scenario.ts'
import { scenarios } from '../../faults/scenarios.ts'

test.each(scenarios.filter(({ quick }) => quick))('$name: $promise', async (scenario) => {
  const { broken, recipients } = await runScenario(scenario)
  expect(broken ?? []).toEqual([])
  expect(recipients).toBeGreaterThan(0)
}, 300_000)
