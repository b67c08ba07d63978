/** The program seen from outside: how it starts, stops, and what its commands say and exit with. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { codeAt, stepAt } from '../../src/access/totp.ts'
import { fromBase32 } from '../../src/platform/base32.ts'
import { asBuilt, dataFolder, environmentOf, runCommand, startProgram } from '../program.ts'

// Each starts the program once or more, and other tests run beside.
vi.setConfig({ testTimeout: 90_000 })

test('the server says when it is ready, is ready then, and exits 0 when told to stop', async () => {
  await using data = await dataFolder()
  await using program = await startProgram(data.path)
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
  expect(await program.end('SIGTERM')).toBe(0)
  await expect(databaseIsGone(data.path)).resolves.toBe(true)
})

test('a second start keeps all data, also after kill -9', async () => {
  await using data = await dataFolder()
  await using first = await startProgram(data.path)
  const { id } = await first.api.post<{ id: string }>('/accounts', { name: 'Corner Bookshop' })
  await first.end('SIGKILL')
  await using second = await startProgram(data.path)
  expect(await second.api.get(`/accounts/${id}`)).toMatchObject({ name: 'Corner Bookshop' })
  expect(await second.end('SIGINT')).toBe(0)
})

test('a server whose parent is killed drains and takes its database with it', async () => {
  await using data = await dataFolder()
  const shell = spawn('sh', ['-c', `'${process.execPath}' '${asBuilt[0]}' start; true`], { env: environmentOf(data.path), stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of shell.stdout) {
    output += String(chunk)
    if (output.includes('Tidings is ready at')) break
  }
  shell.kill('SIGKILL')
  await once(shell, 'exit')
  await expect.poll(() => databaseIsGone(data.path), { timeout: 20_000 }).toBe(true)
})

test('commands work beside a running server and leave its database alone', async () => {
  await using data = await dataFolder()
  await using program = await startProgram(data.path)
  const { code, stdout } = await runCommand(['api-key', 'create', '--name', 'shop', '--json'], environmentOf(data.path))
  expect(code).toBe(0)
  const { key } = JSON.parse(stdout) as { key: string }
  expect((await fetch(`${program.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
  const limited = await runCommand(['api-key', 'create', '--scope', 'campaigns:read', '--expires', '2999-01-01', '--json'], environmentOf(data.path))
  const small = JSON.parse(limited.stdout) as { key: string; scopes: string[]; expiresAt: string }
  expect(small).toMatchObject({ scopes: ['campaigns:read'], expiresAt: '2999-01-01T00:00:00.000Z' })
  expect((await fetch(`${program.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${small.key}` } })).status).toBe(403)
  expect(await runCommand(['api-key', 'create', '--scope', 'everything'], environmentOf(data.path))).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no scope everything') })
})

test('commands start the database for themselves, and a forgotten password can be replaced, a lost second factor taken away', async () => {
  await using data = await dataFolder()
  const first = await startProgram(data.path)
  const { secret } = await first.api.post<{ secret: string }>('/session/second-factor', { password: 'a password for tests' })
  await first.api.post('/session/second-factor/confirm', { code: codeAt(fromBase32(secret), stepAt(new Date())) })
  await first.end('SIGTERM')
  const reset = await runCommand(['user', 'reset-password', 'ADMIN@tidings.example', '--password', 'another password', '--without-second-factor', '--json'], environmentOf(data.path))
  expect(reset.code).toBe(0)
  expect(JSON.parse(reset.stdout)).toMatchObject({ secondFactor: false, secondFactorRemoved: true })
  expect(await databaseIsGone(data.path)).toBe(true)
  await using program = await startProgram(data.path)
  const signIn = (password: string) => fetch(`${program.url}/api/v1/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName: 'admin@tidings.example', password }),
  })
  expect((await signIn('a password for tests')).status).toBe(401)
  expect((await signIn('another password')).status).toBe(201)
})

test('exit codes: 0 for help, 1 for what failed, 2 for wrong usage; --json says it as an object', async () => {
  await using data = await dataFolder()
  const environment = environmentOf(data.path)
  expect((await runCommand(['--help'], environment)).code).toBe(0)
  expect((await runCommand(['job', 'run', '--help'], environment)).code).toBe(0)
  expect((await runCommand(['no-such-command'], environment)).code).toBe(2)
  expect((await runCommand(['job', 'run'], environment)).code).toBe(2)
  expect(await runCommand(['start', '--role', 'postman'], environment)).toMatchObject({ code: 2, stderr: expect.stringContaining('Allowed choices are web, worker, sender') })
  expect((await runCommand(['doctor'], { ...environment, TIDINGS_PORT: 'eighty' })).code).toBe(2)
  const unknown = await runCommand(['user', 'reset-password', 'nobody', '--json'], environment)
  expect(unknown.code).toBe(1)
  expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'userNotFound' } })
})

/** The pid file goes with the server. */
async function databaseIsGone(dataDir: string): Promise<boolean> {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid')
  await wait(50)
  return readFile(file).then(() => false, () => true)
}
