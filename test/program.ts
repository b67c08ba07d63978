/** The whole program as its users start it: a process of its own, on a data folder of its own, spoken to by HTTP. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openApi, type Api } from '../src/demo/api.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

/** What node is told to run: the build, as users run it; the first start of a run makes it. */
export const asBuilt = [fileURLToPath(new URL('../bin/tidings.mjs', import.meta.url))]

const apiKey = 'a-key-for-tests-that-is-long-enough'

/** Told to stop at the end of the test, if it has not ended before. */
export type RunningProgram = AsyncDisposable & {
  url: string
  api: Api
  child: ChildProcess
  /** Ends it with a signal and answers the exit code, null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A data folder that goes when the test ends, and with it a database that a killed program left running. */
export async function dataFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'tidings program '))
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (existsSync(join(path, 'postgres/cluster/postmaster.pid'))) await (await openEmbeddedPostgres(path)).close()
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** What is undefined in `more` is left out. */
export const environmentOf = (dataDir: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH, HOME: process.env.HOME, TIDINGS_DATA_DIR: dataDir, TIDINGS_PORT: '0', TIDINGS_LOG_LEVEL: 'silent',
  // Nobody is there: tests ask nobody outside about domains.
  TIDINGS_DNS: '127.0.0.1:1',
  TIDINGS_ADMIN_EMAIL: 'admin@tidings.example', TIDINGS_ADMIN_PASSWORD: 'a password for tests', TIDINGS_API_KEY: apiKey, ...more,
})

export const spawnProgram = (args: string[], environment: NodeJS.ProcessEnv, program = asBuilt): ChildProcess =>
  spawn(process.execPath, [...program, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })

/** Starts the server and waits for its "Tidings is ready at URL". */
export async function startProgram(dataDir: string, more: NodeJS.ProcessEnv = {}, { program = asBuilt, options = [] }: { program?: string[]; options?: string[] } = {}): Promise<RunningProgram> {
  const child = spawnProgram(['start', ...options], environmentOf(dataDir, more), program)
  const url = await readyUrl(child)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    const [code] = await once(child, 'exit') as [number | null]
    return code
  }
  return { url, child, end, api: openApi(url, apiKey), [Symbol.asyncDispose]: async () => { await end('SIGTERM') } }
}

/** The words are fixed: programs that start Tidings wait for them. */
async function readyUrl(child: ChildProcess): Promise<string> {
  let complaint = ''
  child.stderr!.on('data', (chunk: Buffer) => { complaint += chunk })
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /^Tidings is ready at (\S+)$/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error(`The program ended before it was ready. ${complaint}`)
}

/** Runs a command to its end. */
export async function runCommand(args: string[], environment: NodeJS.ProcessEnv, program = asBuilt): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawnProgram(args, environment, program)
  const output = { stdout: '', stderr: '' }
  child.stdout!.on('data', (chunk: Buffer) => { output.stdout += chunk })
  child.stderr!.on('data', (chunk: Buffer) => { output.stderr += chunk })
  const [code] = await once(child, 'close') as [number | null]
  return { code, ...output }
}
