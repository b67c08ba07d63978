import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { autosaver } from './autosave.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** A server that answers when told to. */
function slowServer() {
  const calls: { value: string; answer: (error?: Error) => void }[] = []
  const save = (value: string) => new Promise<void>((resolve, reject) => {
    calls.push({ value, answer: (error) => (error ? reject(error) : resolve()) })
  })
  return { calls, save }
}

test('typing is saved once, after a pause', async () => {
  const { calls, save } = slowServer()
  const saver = autosaver<string>('', save)
  saver.change('H')
  saver.change('Hi')
  expect(saver.state().kind).toBe('changed')
  await vi.advanceTimersByTimeAsync(800)
  expect(calls.map(({ value }) => value)).toEqual(['Hi'])
  calls[0]!.answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(saver.state().kind).toBe('saved')
})

test('what is typed while a save is on its way is saved after it, never at the same time', async () => {
  const { calls, save } = slowServer()
  const saver = autosaver<string>('', save)
  saver.change('first')
  await vi.advanceTimersByTimeAsync(800)
  saver.change('second')
  await vi.advanceTimersByTimeAsync(5000)
  expect(calls.length).toBe(1)
  calls[0]!.answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(calls.map(({ value }) => value)).toEqual(['first', 'second'])
})

test('a failed save keeps the text and flush tries it again', async () => {
  const { calls, save } = slowServer()
  const saver = autosaver<string>('', save)
  saver.change('precious')
  await vi.advanceTimersByTimeAsync(800)
  calls[0]!.answer(new Error('no connection'))
  await vi.advanceTimersByTimeAsync(0)
  expect(saver.state()).toMatchObject({ kind: 'failed' })
  void saver.flush()
  expect(calls[1]!.value).toBe('precious')
})

test('flush does not wait for the pause, and has nothing to do when all is saved', async () => {
  const { calls, save } = slowServer()
  const saver = autosaver<string>('same', save)
  await saver.flush()
  expect(calls).toEqual([])
  saver.change('new')
  void saver.flush()
  expect(calls.length).toBe(1)
})
