/** Unique fields of every kind as keys of an import: what is there already is found, and a double is a reject with its reason, never an import that fails. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { imported } from '../../test/given-import.ts'
import { definitionOf } from '../records/entity-types.ts'
import { matchOf } from './keys.ts'

async function givenDoctors(app: TestApp, type: string, values: unknown[]) {
  await app.api.post('/entity-types', {
    name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields: [{ name: 'key', type, label: 'Key', unique: true }, { name: 'other', type, label: 'Other' }],
  })
  for (const [index, key] of values.entries()) expect((await app.api.post('/doctors', { lastName: `D${index}`, key, other: key })).status).toBe(201)
}

const names = async (app: TestApp) => (await app.api.get('/doctors?sort=createdAt')).body.items.map(({ lastName }: { lastName: string }) => lastName)
const reasons = async (app: TestApp, importId: string) =>
  (await app.api.get(`/imports/${importId}/rows?outcome=rejected&sort=line`)).body.items.map(({ line, reason }: { line: number; reason: string }) => `${line}: ${reason}`)

test.each(['key', 'other'])('a number is found however it is written, in the table and in the file (%s)', async (field) => {
  await using app = await startApp()
  await givenDoctors(app, 'decimal', ['12.50', '-0.0', '7'])
  const file = 'No,Name\n12.5,Ada\n012.500,Bo\n0,Cy\n8.0,New\n8,Same\n'
  expect(await imported(app, file, { entityType: 'Doctor', mapping: { No: field, Name: 'lastName' }, action: 'createAndUpdate', updateBy: field })).toMatchObject({ created: 1, updated: 4, rejected: 0 })
  expect(await names(app)).toEqual(['Bo', 'Cy', 'D2', 'Same'])
})

test.each([
  ['decimal', '12.50', 'No,Name\n12.5,Ada\n1.0,Bo\n1,Cy\n', 1, ['2', '4']],
  ['date', '2030-02-28', 'No,Name\n2030-02-28,Ada\n2030-03-01,Bo\n2030-03-01,Cy\n', 1, ['2', '4']],
  ['text', 'Ä1', 'No,Name\nä1,Ada\nx,Bo\nX,Cy\n', 1, ['2', '4']],
] as const)('a double of a unique %s is a reject with its reason', async (type, there, file, created, lines) => {
  await using app = await startApp()
  await givenDoctors(app, type, [there])
  const result = await imported(app, file, { entityType: 'Doctor', mapping: { No: 'key', Name: 'lastName' } })
  expect(result).toMatchObject({ created, rejected: lines.length })
  expect(await reasons(app, result.importId)).toEqual(lines.map((line) => `${line}: Another Doctor has this Key.`))
})

test('two rows that change two records to the same unique value: the first one gets it', async () => {
  await using app = await startApp()
  await givenDoctors(app, 'decimal', ['1', '2'])
  await app.api.patch(`/doctors/${(await app.api.get('/doctors?sort=createdAt')).body.items[0].id}`, { emailAddress: 'a@x.example' })
  await app.api.patch(`/doctors/${(await app.api.get('/doctors?sort=createdAt')).body.items[1].id}`, { emailAddress: 'b@x.example' })
  const result = await imported(app, 'Mail,No\na@x.example,5\nb@x.example,5.0\n', { entityType: 'Doctor', mapping: { Mail: 'emailAddress', No: 'key' }, action: 'update' })
  expect(result).toMatchObject({ updated: 1, rejected: 1 })
})

test('whoever takes a unique value while a batch is written makes a reject of one row; all others come in', async () => {
  await using app = await startApp()
  await givenDoctors(app, 'text', [])
  await sql`create function quicker() returns trigger language plpgsql as $$ begin
    raise unique_violation using constraint = (select indexrelid::regclass::text from pg_index where indrelid = tg_relid and indisunique and not indisprimary limit 1); end $$`.execute(app.db)
  await sql`create trigger quicker before insert on x_doctor for each row when (new.last_name in ('n1200', 'n7')) execute function quicker()`.execute(app.db)
  const file = `Name,No\n${Array.from({ length: 2_500 }, (_, number) => `n${number},${number}`).join('\n')}\n`
  const result = await imported(app, file, { entityType: 'Doctor', mapping: { Name: 'lastName', No: 'key' } })
  expect(result).toMatchObject({ created: 2_498, rejected: 2 })
  expect(await reasons(app, result.importId)).toEqual(['9: Another doctor has this Key, and it must be unique.', '1202: Another doctor has this Key, and it must be unique.'])
})

test('records are found by the index of a unique field, whatever its kind', async () => {
  await using app = await startApp()
  for (const type of ['decimal', 'date'] as const) {
    const slug = `${type}s`
    const name = type[0]!.toUpperCase() + type.slice(1)
    await app.api.post('/entity-types', { name: `${name}Thing`, plural: `${name}Things`, slug: `${slug}-things`, baseType: 'base', fields: [{ name: 'key', type, label: 'Key', unique: true }] })
    const definition = definitionOf(`${name}Thing`)
    const { rows } = await app.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      const { fits } = matchOf(definition, definition.fields.find((field) => field.name === 'key')!)
      return sql<{ 'QUERY PLAN': string }>`explain select id from ${sql.table(definition.table)} r where ${fits(sql`${type === 'date' ? '2030-01-01' : '1'}::text`)}`.execute(tx)
    })
    expect(JSON.stringify(rows)).toContain('Index')
    expect(JSON.stringify(rows)).toMatch(/_key on/)
  }
})
