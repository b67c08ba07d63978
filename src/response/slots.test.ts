import { expect, test } from 'vitest'
import { oneOfMany } from './slots.ts'

test('never more work at once than there are slots, and all of it gets done, also after a failure', async () => {
  const inSlot = oneOfMany(2)
  let running = 0
  let most = 0
  const work = (fails: boolean) => inSlot(async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    if (fails) throw new Error('no')
    return 'done'
  })
  const results = await Promise.allSettled([false, true, false, true, false, false, false].map(work))
  expect(most).toBe(2)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
})
