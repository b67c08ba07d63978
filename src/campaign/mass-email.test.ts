import { expect, test } from 'vitest'
import { allowedSteps, massEmailStatuses, type MassEmailStatus, type MassEmailStep, nextStatus, stepTo } from './mass-email.ts'

const frozen = (status: MassEmailStatus) => ({ status, frozen: true })

test('each status allows a person exactly these steps', () => {
  expect(Object.fromEntries(massEmailStatuses.map((status) => [status, allowedSteps(frozen(status))]))).toEqual({
    draft: ['schedule'],
    pending: ['backToDraft', 'cancel'],
    inProcess: ['pause', 'cancel', 'retryFailed', 'sendToNew'],
    paused: ['resume', 'cancel'],
    complete: ['retryFailed', 'sendToNew'],
    canceled: [],
    failed: [],
  })
})

test('a complete mass email cannot be paused, and the error says so', () => {
  expect(() => nextStatus(frozen('complete'), 'pause')).toThrow('A mass email that is complete does not allow "pause".')
})

test('what is canceled or failed never goes on', () => {
  const steps: MassEmailStep[] = ['schedule', 'start', 'resume', 'retryFailed', 'sendToNew', 'complete', 'hold', 'backToDraft']
  for (const step of steps) {
    expect(() => nextStatus(frozen('canceled'), step)).toThrow()
    expect(() => nextStatus(frozen('failed'), step)).toThrow()
  }
})

test('resumed, one that was held before it started waits for its Date Start again', () => {
  expect(nextStatus({ status: 'paused', frozen: false }, 'resume')).toBe('pending')
  expect(nextStatus({ status: 'paused', frozen: true }, 'resume')).toBe('inProcess')
})

test('a PATCH moves between draft and pending, and nowhere else', () => {
  expect(stepTo(frozen('draft'), 'pending')).toBe('schedule')
  expect(stepTo(frozen('pending'), 'draft')).toBe('backToDraft')
  expect(stepTo(frozen('paused'), 'paused')).toBe(null)
  for (const [from, to] of [['draft', 'inProcess'], ['inProcess', 'pending'], ['complete', 'draft'], ['pending', 'canceled'], ['paused', 'inProcess']] as const) {
    expect(() => stepTo(frozen(from), to)).toThrow()
  }
})
