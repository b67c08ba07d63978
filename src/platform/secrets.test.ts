import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readEnvironment } from './environment.ts'
import { addSecret, forgetPrevious, ringOf } from './secret-ring.ts'
import { openSecrets } from './secrets.ts'
import { decodeToken, encodeToken } from './token.ts'

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('what is sealed opens again, differs each time, and is nothing without the secret', () => {
  const secrets = openSecrets('one secret')
  const sealed = secrets.seal('top secret')
  expect(secrets.open(sealed)).toBe('top secret')
  expect(secrets.seal('top secret')).not.toBe(sealed)
  expect(() => openSecrets('another secret').open(sealed)).toThrow(/not known here/)
  expect(() => secrets.open(sealed.slice(0, -2))).toThrow()
  expect(() => secrets.open('not sealed')).toThrow()
})

test('of several secrets the first seals and signs, and all open and are believed', () => {
  const [before, ring] = [openSecrets('old'), openSecrets(() => ['new', 'old'])]
  const [sealed, token] = [before.seal('top secret'), encodeToken(before.key('links'), { purpose: 'click', lane: 1, id: 2, link: 3 })]
  expect([ring.open(sealed), ring.isSealedAnew(sealed), ring.isSealedAnew(ring.seal('x'))]).toEqual(['top secret', false, true])
  expect(decodeToken(ring.keys('links'), 'click', token)).toMatchObject({ id: 2 })
  expect(decodeToken(openSecrets('new').keys('links'), 'click', token)).toBeNull()
  expect(ring.key('links')).toEqual(openSecrets('new').key('links'))
})

test('without TIDINGS_SECRET the data folder keeps one, for its owner only, and the same at the next start', () => {
  const dataDir = dataFolder()
  const [secret] = ringOf({ dataDir, secret: undefined, previousSecrets: [] })()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(statSync(join(dataDir, 'secret')).mode & 0o077).toBe(0)
  expect(ringOf({ dataDir, secret: undefined, previousSecrets: [] })()).toEqual([secret])
})

test('a program that runs takes over a secret that another process made, and keeps what it knows while the file is being written', () => {
  const dataDir = dataFolder()
  const ring = ringOf({ dataDir, secret: undefined, previousSecrets: [] })
  const [first] = ring()
  addSecret(dataDir)
  expect(ring()).toHaveLength(2)
  expect(ring()[1]).toBe(first)
  expect(statSync(join(dataDir, 'secret')).mode & 0o077).toBe(0)
  const both = ring()
  writeFileSync(join(dataDir, 'secret'), '')
  expect(ring()).toEqual(both)
  writeFileSync(join(dataDir, 'secret'), both.join('\n'))
  expect(forgetPrevious(dataDir)).toBe(1)
  expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toBe(both[0])
})

test('an empty file is no secret, and that is said instead of making links that nobody believes later', () => {
  const dataDir = dataFolder()
  writeFileSync(join(dataDir, 'secret'), '\n')
  expect(() => ringOf({ dataDir, secret: undefined, previousSecrets: [] })()).toThrow(/"secret" in the data folder is empty/)
})

const previous = (text: string) => ringOf(readEnvironment({ TIDINGS_SECRET: 'the present secret', TIDINGS_SECRET_PREVIOUS: text }))().slice(1)

test('earlier secrets come from the environment, separated by commas; one with a comma in it counts as a whole, too', () => {
  expect(previous('the first of earlier ones')).toEqual(['the first of earlier ones'])
  expect(previous('the first of earlier ones, the second of them,')).toEqual(['the first of earlier ones', 'the second of them', 'the first of earlier ones, the second of them,'])
})

test('a piece of an earlier secret that anybody could guess is not believed, and one that is too short altogether is named', () => {
  expect(previous('a long secret with a comma,x')).toEqual(['a long secret with a comma,x'])
  expect(() => previous('too short')).toThrow(/TIDINGS_SECRET_PREVIOUS: .*at least 16 characters/)
  expect(() => previous('short,short,x')).toThrow(/TIDINGS_SECRET_PREVIOUS/)
})
