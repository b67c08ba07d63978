import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

test('what arrives while a batch is being written goes into the next one, in order', async () => {
  const batches: number[][] = []
  let release = () => {}
  const held = new Promise<void>((resolve) => { release = resolve })
  const group = groupCommit(async (items: number[]) => {
    batches.push(items)
    if (batches.length === 1) await held
    return items.map((item) => item * 10)
  })
  const first = group.add(1)
  await Promise.resolve()
  const rest = [2, 3, 4].map((item) => group.add(item))
  release()
  expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40])
  expect(batches).toEqual([[1], [2, 3, 4]])
})

test('a batch is never larger than its bound', async () => {
  const sizes: number[] = []
  const group = groupCommit(async (items: number[]) => { sizes.push(items.length); return items }, 2)
  await Promise.all([1, 2, 3, 4, 5].map((item) => group.add(item)))
  expect(sizes).toEqual([2, 2, 1])
})

test('a batch that fails says so to everybody in it, and the next one is written all the same', async () => {
  let failing = true
  const group = groupCommit(async (items: string[]) => {
    if (failing) { failing = false; throw new Error('the database is away') }
    return items
  }, 2)
  const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => group.add(item)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  await group.drained()
})
