/** What this checkout is: its places, the hash of its sources, the programs that run from it. Needs nothing but Node. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modulesFolder = join(root, 'node_modules')
const buildsFolder = join(root, 'build')
const programsFolder = join(buildsFolder, 'running')

/** Everything that a build is made of; tests are not part of it. */
const sources = ['src', 'web', 'migrations', 'package-lock.json', 'vite.config.ts', 'scripts/build.mjs']

export function sourceHash() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => filesUnder(join(root, path)))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isDirectory()) return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)))
  return /\.test\.tsx?$/.test(path) ? [] : [path]
}

export const buildFolder = (hash) => join(buildsFolder, hash)

export const isBuilt = (hash) => existsSync(join(buildFolder(hash), 'main.js'))

/** Tells later set-ups that a living program uses `node_modules` and a build; both stay as they are until it ends. */
export function registerProgram(build) {
  const file = join(programsFolder, String(process.pid))
  ifAllowed(() => {
    mkdirSync(programsFolder, { recursive: true })
    writeFileSync(file, JSON.stringify({ build, started: startOf(process.pid) }))
  })
  process.once('exit', () => ifAllowed(() => rmSync(file, { force: true })))
}

/** A service's user may run a checkout that belongs to somebody else; looking after it is then the owner's business. */
function ifAllowed(work) {
  try {
    work()
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
  }
}

/** The programs that run from this checkout: `[{ pid, build }]`. Files of the dead are swept away. */
export function runningPrograms() {
  if (!existsSync(programsFolder)) return []
  return readdirSync(programsFolder).flatMap((name) => {
    const { build, started } = readProgram(join(programsFolder, name))
    if (started !== undefined && startOf(Number(name)) === started) return [{ pid: Number(name), build }]
    ifAllowed(() => rmSync(join(programsFolder, name), { force: true }))
    return []
  })
}

function readProgram(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/** A process number may be given away again; with the time of its start (proc(5), field 22) it is unique. Null: no such process. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19]
    process.kill(pid, 0)
    return 'running'
  } catch (error) {
    return error.code === 'EPERM' ? 'running' : null
  }
}

/** Builds that no living program uses, and what a killed set-up left behind, go. */
export function removeOldBuilds(current) {
  const used = new Set([current, 'running', ...runningPrograms().map(({ build }) => build)])
  for (const name of readdirSync(buildsFolder)) {
    if (!used.has(name)) ifAllowed(() => rmSync(join(buildsFolder, name), { recursive: true, force: true }))
  }
}

/**
 * Runs `work` while no other set-up of this checkout does. The lock is a socket that the system itself frees when its process dies;
 * on Linux it has no file at all.
 */
export async function alone(work, onWait) {
  const name = `tidings-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`
  const address = process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
  let lock = await tryLock(address)
  if (!lock) onWait()
  while (!lock) {
    await wait(200)
    lock = await tryLock(address)
  }
  try {
    return await work()
  } finally {
    lock.close()
  }
}

function tryLock(address) {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', (error) => error.code === 'EADDRINUSE' ? resolve(null) : reject(error))
    server.listen(address, () => resolve(server))
  })
}
