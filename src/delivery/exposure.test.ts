import { expect, test } from 'vitest'
import { Exposure } from './exposure.ts'

test('never more may leave than are held; who waits goes in the order of asking', async () => {
  const exposure = new Exposure(2)
  expect([exposure.enter(), exposure.enter()]).toEqual([true, true])
  expect(exposure.isFull).toBe(true)
  const gone: string[] = []
  const waiting = ['anna', 'ben'].map(async (name) => { if (await exposure.enter()) gone.push(name) })
  await Promise.resolve()
  expect(gone).toEqual([])
  exposure.leave()
  await waiting[0]
  expect(gone).toEqual(['anna'])
  exposure.leave()
  await waiting[1]
  exposure.leave()
  expect(exposure.isFull).toBe(false)
})

test('who waits too long for an answer of the database does not leave, and takes nobody\'s place', async () => {
  const exposure = new Exposure(1, { patienceMs: 1 })
  expect(exposure.enter()).toBe(true)
  expect(await exposure.enter()).toBe(false)
  exposure.leave()
  expect(exposure.enter()).toBe(true)
})
