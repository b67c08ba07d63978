/** Every scenario, in the order in which they are run. One file each in scenarios/. */
import type { Scenario } from './scenario.ts'
import { killAtPoints } from './scenarios/kill-at-points.ts'
import { killAtRandom } from './scenarios/kill-at-random.ts'
import { stopMidway } from './scenarios/stop-midway.ts'

export const scenarios: readonly Scenario[] = [killAtRandom, killAtPoints, stopMidway]
