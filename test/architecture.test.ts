/** Holds the code to src/architecture.ts, and the schema to the rules that let it grow over many machines. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { modules } from '../src/architecture.ts'
import { createDatabase } from './database.ts'

const filesBelow = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

const sources = filesBelow('src')
  .filter((file) => file.includes('/') && !file.includes('.test.'))
  .map((file) => ({ file, module: file.split('/')[0]!, text: readFileSync(join('src', file), 'utf8') }))

const imports = sources.flatMap(({ file, module, text }) =>
  [...text.matchAll(/^(?:import|export)\b[^'"]*from ['"](\.[^'"]+)['"]/gm)].map(([, path]) => ({
    file, module, imported: relative('src', join('src', dirname(file), path!)).split('/')[0]!,
  })))

const writes = sources.flatMap(({ file, module, text }) =>
  [...text.matchAll(/\b(?:insertInto|updateTable|deleteFrom)\('(\w+)'|\b(?:insert into|delete from|copy) "?([a-z_]+)"?|^\s*update "?([a-z_]+)"?(?: \w+)? set|`update "?([a-z_]+)"?/gim)]
    .map(([, built, ...written]) => ({ file, module, table: (built?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) ?? written.find(Boolean))! })))

const mayImport = (name: string, imported: string, file: string) =>
  imported === name || imported === 'platform' || modules[name]!.imports.includes('*') || modules[name]!.imports.includes(imported)
  || ((imported === 'http' || imported === 'access') && /(^|\/)(\w+-)?routes\.ts$|http\/|health\/liveness\.ts/.test(file))

/** Routes may use the web server, which stands above what it serves. */
const mayJoin = (file: string) => /(^|\/)(\w+-)?routes\.ts$/.test(file)

test('every folder in src is in the table, and the table names no folder that is gone', () => {
  const folders = new Set(sources.map(({ module }) => module))
  expect([...folders].filter((name) => !(name in modules))).toEqual([])
  expect(Object.keys(modules).filter((name) => !folders.has(name))).toEqual([])
})

test.each(Object.keys(modules))('%s imports only what the table allows', (name) => {
  const strays = imports.filter(({ module, imported, file }) => module === name && !mayImport(name, imported, file))
  expect(strays.map(({ file, imported }) => `${file} imports ${imported}`)).toEqual([])
})

test('the table allows no import that nobody makes', () => {
  const idle = Object.entries(modules).flatMap(([name, { imports: allowed }]) =>
    allowed.filter((other) => other !== '*' && !imports.some(({ module, imported }) => module === name && imported === other)).map((other) => `${name} imports no ${other}`))
  expect(idle).toEqual([])
})

test('ARCHITECTURE.md names every module once, and none stands left of what it imports', () => {
  const line = /from the ground up[^\n]*:\n([^]*?)\n\n/.exec(readFileSync('ARCHITECTURE.md', 'utf8'))![1]!
  const levels = line.split('→').map((level) => [...level.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!))
  expect(levels.flat().sort()).toEqual(Object.keys(modules).sort())
  const levelOf = (name: string) => levels.findIndex((level) => level.includes(name))
  const strays = imports.filter(({ module, imported, file }) => file.includes('/') && imported in modules && imported !== module && levelOf(imported) >= levelOf(module) && module !== 'cli' && !mayJoin(file))
  expect([...new Set(strays.map(({ module, imported }) => `${module} imports ${imported}`))]).toEqual([])
})

test('no module imports itself round a corner', () => {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of modules[from]?.imports ?? []) if (to !== '*' && !seen.has(to)) reach(to, seen.add(to))
    return seen
  }
  expect(Object.keys(modules).filter((name) => reach(name).has(name))).toEqual([])
})

test('each table is written only by the module that the table names', async () => {
  await using database = await createDatabase()
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(database.db)
  const tables = new Set(rows.map(({ name }) => name))
  const owned = new Set(Object.values(modules).flatMap(({ writes }) => writes))
  expect([...tables].filter((name) => !owned.has(name) && name !== 'migration')).toEqual([])
  expect([...owned].filter((name) => !tables.has(name) && name !== 'migration')).toEqual([])
  const strays = writes.filter(({ module, table }) => tables.has(table) && !modules[module]!.writes.includes(table) && !modules[module]!.imports.includes('*'))
  expect(strays.map(({ file, table }) => `${file} writes ${table}`)).toEqual([])
})

test('the web reads contracts and pure rules, and nothing else of the server', () => {
  const strays = filesBelow('web').flatMap((file) =>
    [...readFileSync(join('web', file), 'utf8').matchAll(/from ['"](?:\.\.\/)+src\/([^'"]+)['"]/g)].map(([, path]) => ({ file, path: path! })))
    .filter(({ path }) => !/(^|\/)contract\.ts$|^platform\/endpoint\.ts$|^listing\/field-kinds\.ts$|^charts\//.test(path))
  expect(strays).toEqual([])
})

const laneTables = ['delivery', 'log_entry', 'figure', 'figure_hour', 'figure_domain', 'stored_mail']

test('every unique constraint of a lane table contains the lane, and no foreign key leaves or reaches one', async () => {
  await using database = await createDatabase()
  const { rows: indexes } = await sql<{ name: string; columns: string[] }>`
    select c.relname as name, array_agg(a.attname::text) as columns
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      join pg_attribute a on a.attrelid = i.indexrelid
     where i.indisunique and t.relname = any(${laneTables}) group by c.relname`.execute(database.db)
  expect(indexes.length).toBeGreaterThanOrEqual(laneTables.length)
  expect(indexes.filter(({ columns }) => !columns.includes('lane'))).toEqual([])
  const { rows: keys } = await sql<{ name: string }>`
    select conname as name from pg_constraint c
     where contype = 'f' and (conrelid::regclass::text = any(${laneTables}) or confrelid::regclass::text = any(${laneTables}))`.execute(database.db)
  expect(keys).toEqual([])
})
