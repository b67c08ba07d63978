import { expect, test } from 'vitest'
import { placeOf } from './why-places.ts'

const reason = { message: '', advice: '' }
const wordsOf = (code: 'campaignNotActive' | 'jobInactive' | 'accountBroken' | 'syncHeld' | 'draft', administers: boolean) =>
  placeOf({ code, ...reason, ...(code === 'accountBroken' && { accountId: 'a1' }), ...(code === 'syncHeld' && { targetListId: 'l1' }) }, { campaignId: 'c1', administers })?.words ?? null

test('a reason leads to where it is mended, and to places of Administration only those who may go there', () => {
  expect([wordsOf('jobInactive', true), wordsOf('accountBroken', true), wordsOf('syncHeld', true), wordsOf('draft', true)]).toEqual(['Open the job', 'Open the account', 'Open the target list', null])
  expect([wordsOf('jobInactive', false), wordsOf('accountBroken', false), wordsOf('campaignNotActive', false)]).toEqual([null, null, 'Open the campaign'])
})
