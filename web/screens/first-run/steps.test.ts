import { expect, test } from 'vitest'
import { howFar, nextStep, type Steps } from './steps.ts'

const steps: Steps = [{ step: 'company', state: 'open' }, { step: 'server', state: 'done' }, { step: 'sender', state: 'skipped' }, { step: 'mail', state: 'open' }, { step: 'bounces', state: 'done' }]

test('after a step comes the next open one, then those before it that were passed over', () => {
  expect([nextStep(steps), nextStep(steps, 'company'), nextStep(steps, 'sender'), nextStep(steps, 'mail')]).toEqual(['company', 'mail', 'mail', 'company'])
  expect(nextStep(steps.filter(({ state }) => state !== 'open'), 'server')).toBeNull()
})

test('what was left out is counted apart', () => {
  expect([howFar(steps), howFar(steps.slice(0, 2))]).toEqual(['2 of 5 steps done, 1 left out.', '1 of 2 steps done.'])
})
