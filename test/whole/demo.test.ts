/** The demo as a visitor sees it: from nothing to a campaign with answers, and the same figures the next time. */
import { expect, test } from 'vitest'
import { dataFolder, environmentOf, runCommand } from '../program.ts'

type Told = { url: string; signIn: { userName: string; password: string }; figures: { sent: number; opened: number; clicked: number; optedOut: number; bouncedHard: number; bouncedSoft: number; complained: number; machine: { clicked: number } } }

test('the demo sends its campaign, readers answer it, and a second run finds everything as it was', async () => {
  await using data = await dataFolder()
  const first = await runCommand(['demo', '--once', '--json'], environmentOf(data.path))
  expect(first.code, first.stderr).toBe(0)
  const told = JSON.parse(first.stdout) as Told
  expect(told.figures.sent).toBeGreaterThan(190)
  expect(told.figures.opened).toBeGreaterThan(told.figures.clicked)
  expect(told.figures.clicked).toBeGreaterThan(20)
  expect(told.figures.optedOut).toBeGreaterThan(0)
  expect(told.figures.machine.clicked).toBeGreaterThan(0)
  expect(told.figures).toMatchObject({ bouncedHard: 3, bouncedSoft: 2, complained: 1 })
  expect(told.url).toMatch(/^http:\/\/localhost:\d+\/campaigns\/[0-9a-f-]{36}$/)

  const second = await runCommand(['demo', '--once', '--json'], environmentOf(data.path))
  expect(second.code, second.stderr).toBe(0)
  expect((JSON.parse(second.stdout) as Told).figures).toEqual(told.figures)
}, 120_000)
