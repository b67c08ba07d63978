import { expect, test } from 'vitest'
import { askedForApproval, askedHere, isReady, preflightSummary } from './preflight-checks.ts'

const check = (level: 'ok' | 'warning' | 'error', code = level as string) => ({ code, level, message: '', advice: '' })

test('a missing Date Start does not stop scheduling: it means at once', () => {
  expect(isReady(askedHere([check('error', 'dateStartMissing'), check('warning')]))).toBe(true)
  expect(isReady(askedHere([check('error', 'senderMissing')]))).toBe(false)
})

test('asking for approval is not stopped by the approval that is missing', () => {
  expect(isReady(askedForApproval([check('error', 'needsApproval'), check('error', 'dateStartMissing')]))).toBe(true)
  expect(isReady(askedHere([check('error', 'needsApproval')]))).toBe(false)
})

test('the summary counts what is to be mended, else what is to be looked at', () => {
  expect(preflightSummary([check('error'), check('error'), check('warning')]).words).toBe('2 things to mend first')
  expect(preflightSummary([check('ok'), check('warning')])).toEqual({ level: 'warning', words: 'Ready, with one warning' })
  expect(preflightSummary([check('ok')]).words).toBe('Ready')
})
