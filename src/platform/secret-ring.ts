/**
 * Where the secrets of an installation come from: TIDINGS_SECRET and TIDINGS_SECRET_PREVIOUS, or the file `secret` in the data folder,
 * one a line. The first one is used for what is new; with the others what is there can still be read.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'

/** Asked each time, because another process may have made a new secret. Never empty. */
export type Ring = () => readonly string[]

type From = Pick<Environment, 'dataDir' | 'secret' | 'previousSecrets'>

export const ringOf = ({ dataDir, secret, previousSecrets }: From): Ring =>
  (secret === undefined ? ringInFile(dataDir, previousSecrets) : () => [secret, ...previousSecrets])

export const secretFile = (dataDir: string): string => join(dataDir, 'secret')

const newSecret = () => randomBytes(32).toString('base64url')

/** Made on first use, readable by its owner only; read again when it has become another file. */
function ringInFile(dataDir: string, previous: readonly string[]): Ring {
  const path = secretFile(dataDir)
  mkdirSync(dataDir, { recursive: true })
  try {
    // 'wx' fails when it is there: of two processes starting together one writes, both read the same.
    writeFileSync(path, newSecret(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  let known = { mark: '', ring: [] as string[] }
  return () => {
    const mark = markOf(path)
    // A file that is gone for a moment, or empty, changes nothing of what is known.
    if (mark !== null && mark !== known.mark) known = { mark, ring: [...orKnown(secretsIn(path), known.ring), ...previous] }
    return known.ring
  }
}

const secretsIn = (path: string): string[] => readFileSync(path, 'utf8').split(/\r?\n/).map((line) => line.trim()).filter(Boolean)

function orKnown(ring: string[], known: string[]): string[] {
  if (ring.length > 0) return ring
  if (known.length > 0) return known
  throw new Error('The file "secret" in the data folder is empty. Put back the secret of this installation.')
}

function markOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false })
  return file ? `${file.ino} ${file.size} ${file.mtimeMs}` : null
}

/** A new secret before those that are there. The file is replaced as a whole: killed at any moment, one of the two is there. */
export function addSecret(dataDir: string): void {
  writeRing(dataDir, [newSecret(), ...secretsIn(secretFile(dataDir))])
}

/** Only the first one is kept: what was signed with another is a stranger's from then on. */
export function forgetPrevious(dataDir: string): number {
  const [first, ...previous] = secretsIn(secretFile(dataDir))
  writeRing(dataDir, [first!])
  return previous.length
}

function writeRing(dataDir: string, ring: readonly string[]): void {
  const path = secretFile(dataDir)
  writeFileSync(`${path}.new`, `${ring.join('\n')}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
