/** What a demo remembers from run to run, in its data folder: how to sign in, where it was, what it has sent. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../platform/errors.ts'
import { identityOf } from '../platform/process-identity.ts'
import type { Sent } from './campaign.ts'

export type Memory = {
  /** The process that plays the demo, as process-identity.ts names it. */
  process: string | null
  userName: string
  password: string
  apiKey: string
  port: number
  /** Missing until the first run has come to its end. */
  sent?: Sent
}

const fileIn = (folder: string) => join(folder, 'demo.json')

/** Continues a demo that was finished; one that broke off half-way begins afresh. Refuses a folder that holds anything else. */
export function openMemory(folder: string, port: number): Memory {
  const known = readMemory(folder)
  if (known?.process && identityOf(Number.parseInt(known.process)) === known.process) {
    throw new AppError('conflict', 'demoRuns', `A demo runs on ${folder} already, at http://localhost:${known.port}`)
  }
  if (known && !known.sent) rmSync(folder, { recursive: true })
  const memory: Memory = known?.sent ? { ...known, process: null } : newMemory(port)
  const current = { ...memory, port, process: identityOf(process.pid) }
  remember(folder, current)
  return current
}

export function remember(folder: string, memory: Memory): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileIn(folder), `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 })
}

function readMemory(folder: string): Memory | null {
  if (existsSync(fileIn(folder))) return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Memory
  if (!existsSync(folder) || readdirSync(folder).length === 0) return null
  throw new AppError('conflict', 'notADemo', `${folder} holds something else than a demo. Set TIDINGS_DATA_DIR to an empty folder.`)
}

const newMemory = (port: number): Memory => ({
  process: null, userName: 'ada@harbour-finch.example',
  password: randomBytes(9).toString('base64url'), apiKey: randomBytes(32).toString('base64url'), port,
})
