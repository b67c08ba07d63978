/** The secret of an installation, as the program and its commands treat it. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { dataFolder, environmentOf, runCommand, startProgram } from '../program.ts'

vi.setConfig({ testTimeout: 120_000 })

test('a secret is changed while the server runs, a start with a wrong one is refused in a sentence, and what is lost can be emptied', async () => {
  await using data = await dataFolder()
  const file = join(data.path, 'secret')
  await using program = await startProgram(data.path)
  await program.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'smtp.acme.example', username: 'anna', password: 'smtp secret' } })
  const command = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCommand(['secret', ...args, '--json'], environmentOf(data.path))
    return { code, data: JSON.parse(stdout || stderr) as Record<string, any> }
  }
  const before = (await readFile(file, 'utf8')).trim()

  expect(await command('rotate')).toMatchObject({ code: 0, data: { newSecret: true, sealed: 2 } })
  const ring = (await readFile(file, 'utf8')).trim().split('\n')
  expect(ring).toHaveLength(2)
  expect(ring[1]).toBe(before)
  // The server that runs reads the new file: what the command sealed opens, and what it seals is sealed with the new secret.
  await program.api.post('/provider-webhooks', { name: 'Postmark', provider: 'postmark', key: 'a webhook secret, long' })
  const { data: { columns } } = await command('check')
  expect(columns.every(({ before, unreadable }: { before: number; unreadable: number }) => before === 0 && unreadable === 0)).toBe(true)

  expect((await command('forget-previous')).code).toBe(2)
  expect(await command('forget-previous', '--yes')).toMatchObject({ code: 0, data: { forgotten: 1 } })
  await program.end('SIGTERM')

  // Another machine that was given no secret, or the wrong one.
  await rm(file)
  await writeFile(file, 'somebody else’s secret')
  const refused = await runCommand(['start'], environmentOf(data.path))
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/outbound_account\.password_sealed \(1\).*TIDINGS_SECRET/)
  expect((await command('forget-unreadable')).code).toBe(2)
  expect(await command('forget-unreadable', '--yes')).toMatchObject({ code: 0, data: { forgotten: 3 } })
  await using again = await startProgram(data.path)
  expect(await again.api.get('/settings/outbound-emails')).toMatchObject({ systemSmtp: { host: 'smtp.acme.example', passwordSet: false } })
})

test('with the secret in the environment a rotation says what to set, and then seals with the first', async () => {
  await using data = await dataFolder()
  const [old, next] = ['the first secret of all', 'the second secret of all']
  await using program = await startProgram(data.path, { TIDINGS_SECRET: old })
  await program.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'smtp.acme.example', username: 'anna', password: 'smtp secret' } })
  const rotate = (more: Record<string, string>) => runCommand(['secret', 'rotate', '--json'], environmentOf(data.path, more))
  const told = await rotate({ TIDINGS_SECRET: old })
  expect([told.code, told.stderr.includes('TIDINGS_SECRET_PREVIOUS')]).toEqual([2, true])
  await program.end('SIGTERM')
  const { code, stdout } = await rotate({ TIDINGS_SECRET: next, TIDINGS_SECRET_PREVIOUS: old })
  expect([code, JSON.parse(stdout)]).toEqual([0, { sealed: 2, newSecret: false }])
  await using again = await startProgram(data.path, { TIDINGS_SECRET: next })
  expect(await again.api.get('/settings/outbound-emails')).toMatchObject({ systemSmtp: { passwordSet: true } })
})
