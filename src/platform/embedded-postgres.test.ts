/** The embedded database through everything a process can do to it. Each test has a data folder of its own, with a space in its name. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openEmbeddedPostgres } from './embedded-postgres.ts'

vi.setConfig({ testTimeout: 60_000 })

test('what was written is there after a stop and a start, and lower() knows all scripts', async () => {
  const folder = await dataFolder()
  const first = await openEmbeddedPostgres(folder, { durable: false })
  await query(first.url, `create table word as select lower('ÄÉЖΔ') as text`)
  await first.close()
  await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await using again = await openEmbeddedPostgres(folder, { durable: false })
  expect(await query(again.url, 'select text from word')).toEqual([{ text: 'äéжδ' }])
})

test('a second user of the folder attaches, and the database stops with the last one', async () => {
  const folder = await dataFolder()
  const server = await openEmbeddedPostgres(folder, { durable: false })
  const command = await openEmbeddedPostgres(folder)
  expect(command.url).toBe(server.url)
  await command.close()
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.close()
  await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('two first starts at the same moment share one database', async () => {
  const folder = await dataFolder()
  const both = await Promise.all([openEmbeddedPostgres(folder, { durable: false }), openEmbeddedPostgres(folder, { durable: false })])
  expect(both[0].url).toBe(both[1].url)
  for (const user of both) await user.close()
})

test('the database of a process that was killed lives on, is adopted by the next one and stops with it', async () => {
  const folder = await dataFolder()
  const killed = await openInAnotherProcess(folder)
  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')
  const adopted = await openEmbeddedPostgres(folder)
  expect(adopted.url).toBe(killed.url)
  await adopted.close()
  await expect(query(killed.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a server that is killed comes back at the same address by itself, with all that was committed, and still stops with its last user', async () => {
  const folder = await dataFolder()
  const server = await openEmbeddedPostgres(folder, { lookedAfter: true })
  await query(server.url, 'create table kept as select 1 as one')
  process.kill(Number((await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL')
  await expect.poll(() => query(server.url, 'select one from kept').catch(() => null), { timeout: 20_000 }).toEqual([{ one: 1 }])
  await server.close()
  await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a Control-C in the terminal, which reaches the whole process group, does not reach the database', async () => {
  const folder = await dataFolder()
  const { child, url } = await openInAnotherProcess(folder)
  process.kill(-child.pid!, 'SIGINT')
  await once(child, 'exit')
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  await (await openEmbeddedPostgres(folder)).close()
})

test('after PostgreSQL itself was killed, everything committed is recovered', async () => {
  const folder = await dataFolder()
  const before = await openEmbeddedPostgres(folder)
  await query(before.url, 'create table kept as select 1 as one')
  process.kill(await postmaster(folder), 'SIGKILL')
  await using after = await openEmbeddedPostgres(folder)
  expect(await query(after.url, 'select one from kept')).toEqual([{ one: 1 }])
  await before.close()
})

test('a pid file whose number now belongs to a stranger does not keep the database from starting', async () => {
  const folder = await dataFolder()
  await (await openEmbeddedPostgres(folder, { durable: false })).close()
  await writeFile(join(folder, 'postgres/cluster/postmaster.pid'), `${process.pid}\n${folder}\n1\n54321\n\n127.0.0.1\n1 1\nready   \n`)
  await using opened = await openEmbeddedPostgres(folder, { durable: false })
  expect(await query(opened.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder deep down, longer than a Unix socket could be named, will do', async () => {
  const folder = join(await dataFolder(), 'a long way down '.repeat(4).trim(), 'and then some more '.repeat(4).trim())
  await using opened = await openEmbeddedPostgres(folder, { durable: false })
  expect(await query(opened.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings database '))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function openInAnotherProcess(folder: string) {
  const program = `
    import { openEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)}
    const { url } = await openEmbeddedPostgres(${JSON.stringify(folder)})
    console.log(url)
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data') as [Buffer]
  return { child, url: line.toString().trim() }
}

const postmaster = async (folder: string): Promise<number> =>
  Number.parseInt(await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'))
