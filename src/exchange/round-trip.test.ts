/** What goes out into a file comes back from it the same, whatever it is: thousands of hostile values through CSV and XLSX, and whole records through the API. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { imported } from '../../test/given-import.ts'
import { csvLine } from './csv-text.ts'
import type { FileRow } from './file-row.ts'
import { restored } from './formula.ts'
import { openSource } from './source.ts'
import { xlsxFile } from './xlsx-write.ts'

const pieces = [
  '=cmd()', '=', '+', '-', '@', '\t', '\r', '\n', '\r\n', '"', '""', "'", "''", ',', ';', '|', ' ', '0123', '1e5', 'sep=;', '＝1', '＋', '🎈', '👩‍👩‍👧', 'שלום', '\u202e', '\ufeff', '\u00a0',
  '<b>', '&amp;', '&#13;', ']]>', '_x000D_', '_x', '\u0001', '\u001f', '\u2028', '{"a":1}', '$1', '\\N', 'NULL', 'true', '#N/A', '2030-01-01', 'Zoë', '李',
]

/** The same ones every time: numbers from 0 to 1 by a small generator (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function hostileTexts(count: number): string[] {
  const random = randomFrom(20_300_101)
  const one = () => Array.from({ length: 1 + Math.floor(random() * 5) }, () => pieces[Math.floor(random() * pieces.length)]!).join('')
  return [...pieces, 'x'.repeat(1_000_000), `${"'".repeat(40)}=`, ...Array.from({ length: count }, one)]
}

test('every text comes back from CSV and from XLSX as it went out, and no cell of the CSV begins like a formula', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-round-trip-'))
  const texts = hostileTexts(3_000)
  const csv = texts.map((text, index) => csvLine([`r${index}`, text])).join('')
  await writeFile(join(folder, 'csv'), `\ufeff${csvLine(['key', 'text'])}${csv}`)
  const parts: Buffer[] = []
  for await (const part of xlsxFile('Texts', [{ name: 'key', type: 'text' }, { name: 'text', type: 'text' }], batch(texts.map((text, index) => [`r${index}`, text])))) parts.push(part)
  await writeFile(join(folder, 'xlsx'), Buffer.concat(parts))
  for (const kind of ['csv', 'xlsx']) {
    const { rows } = await openSource(join(folder, kind), { header: true, decimal: '.' })
    const cells: FileRow['cells'][] = []
    for await (const row of rows) cells.push(row.cells)
    expect(cells.shift()).toEqual(['key', 'text'])
    expect(cells.length).toBe(texts.length)
    for (const [index, [key, text]] of cells.entries()) {
      if (restored(text!) !== texts[index] || key !== `r${index}`) expect([kind, index, restored(text!)]).toEqual([kind, index, texts[index]])
      if (kind === 'csv') expect(text!.startsWith('=') || /^\s*[=+\-@]/.test(text!)).toBe(false)
    }
  }
  await rm(folder, { recursive: true })
})

test.each(['csv', 'xlsx'])('records that are exported as %s, deleted and imported again are the same records', async (kind) => {
  await using app = await startApp()
  const account = (await app.api.post('/accounts', { name: '=HYPERLINK("x")' })).body
  for (const [index, text] of hostileTexts(60).entries()) {
    const made = await app.api.post('/contacts', {
      lastName: text.length > 255 ? 'long' : text, description: text, emailAddress: `p${index}@x.example`, doNotEmail: index % 2 === 0, ...(index % 3 === 0 && { accountId: account.id }),
    })
    expect(made.status, made.text).toBe(201)
  }
  const read = async () => {
    const all: Record<string, unknown>[] = []
    for (let cursor = ''; ;) {
      const { items, next } = (await app.api.get(`/contacts?sort=emailAddress&limit=200${cursor}`)).body
      all.push(...items.map(({ id: _i, createdAt: _c, modifiedAt: _m, ...rest }: Record<string, unknown>) => rest))
      if (next === null) return all
      cursor = `&cursor=${next}`
    }
  }
  const before = await read()
  const { rawPayload } = await app.server.inject({ url: `/api/v1/contacts/export.${kind}`, headers: { authorization: `Bearer ${app.adminKey}` } })
  await app.api.post('/contacts/mass-action', { selection: { filter: { and: [] } }, action: 'delete' })
  await app.settle()
  const names = ['salutation', 'firstName', 'lastName', 'title', 'accountId', 'emailAddress', 'doNotEmail', 'phoneNumber', 'addressCity', 'description', 'assignedUserId']
  expect(await imported(app, rawPayload, { mapping: Object.fromEntries(names.map((name) => [name, name])) })).toMatchObject({ created: before.length, rejected: 0 })
  expect(await read()).toEqual(before)
})

async function* batch(rows: unknown[][]) {
  yield rows
}
