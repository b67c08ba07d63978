import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deliveryReport, feedbackReport, letter } from '../../test/returned-mail.ts'
import { runCommandLine } from './program.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-classify-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

/** What a command prints, and its exit code. */
async function run(...args: string[]) {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  vi.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`))
  vi.spyOn(console, 'error').mockImplementation((text) => void (printed += `${text}\n`))
  return { code: await runCommandLine(['node', 'tidings', 'classify', ...args]), printed }
}

test('many files become one line each, with the file as the list names it', async () => {
  await writeFile(join(folder, 'hard.eml'), deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]))
  await writeFile(join(folder, 'late.eml'), deliveryReport([{ address: 'reader@example.com', action: 'delayed', status: '4.4.1' }]))
  await writeFile(join(folder, 'complaint.eml'), feedbackReport())
  await writeFile(join(folder, 'away.eml'), letter(['Subject: Out of office'], 'Back on Monday.'))
  await writeFile(join(folder, 'lunch.eml'), letter(['Subject: Lunch'], 'At noon?'))
  await writeFile(join(folder, 'list'), 'hard.eml\nlate.eml\ncomplaint.eml\naway.eml\nlunch.eml\n')
  const { code, printed } = await run('--root', folder, '--files-from', join(folder, 'list'), '--jsonl')
  expect(code).toBe(0)
  expect(printed.trim().split('\n').map((line) => JSON.parse(line) as object)).toEqual([
    { file: 'hard.eml', kind: 'hard', recipients: ['reader@example.com'] },
    { file: 'late.eml', kind: 'soft', recipients: ['reader@example.com'] },
    { file: 'complaint.eml', kind: 'feedback', recipients: ['reader@example.com'] },
    { file: 'away.eml', kind: 'auto-reply', recipients: [] },
    { file: 'lunch.eml', kind: 'none', recipients: [] },
  ])
})

test('one file is told in words, with the rule that decided', async () => {
  await writeFile(join(folder, 'hard.eml'), deliveryReport([{ address: 'reader@example.com', status: '5.1.1', diagnostic: '550 no such user' }]))
  const { printed } = await run(join(folder, 'hard.eml'))
  expect(printed).toContain('hard bounce (100 % sure: report of a failure)')
  expect(printed).toContain('reader@example.com: hard, userUnknown, 5.1.1 (words: no such user)')
})

test('a missing file, a missing list and no file at all are named and exit with 2', async () => {
  expect(await run('nowhere.eml')).toMatchObject({ code: 2, printed: expect.stringContaining('nowhere.eml') })
  expect(await run('--files-from', 'nowhere')).toMatchObject({ code: 2, printed: expect.stringContaining('nowhere') })
  expect(await run()).toMatchObject({ code: 2, printed: expect.stringContaining('--files-from') })
})
