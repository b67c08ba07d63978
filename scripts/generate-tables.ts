/** Writes src/platform/tables.ts from a migrated database, so that the types are never older than the schema. */
import pg from 'pg'

const types: Record<string, string> = {
  uuid: 'string', text: 'string', date: 'string', bytea: 'Buffer', bool: 'boolean',
  int2: 'number', int4: 'number', int8: 'number', timestamptz: 'Date', _uuid: 'string[]', _text: 'string[]', _int8: 'string[]',
}

type Column = { table: string; column: string; type: string; nullable: boolean; defaulted: boolean; computed: boolean }

const columnsQuery = `
  select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
         (a.atthasdef or a.attidentity <> '') as defaulted, a.attgenerated <> '' as computed
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
   where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
   order by c.relname, a.attnum`

const enumsQuery = `
  select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
    from pg_enum e join pg_type t on t.oid = e.enumtypid group by t.typname order by 1`

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The TypeScript of all tables of the migrated database at `url`. */
export async function tablesSource(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const enums = (await client.query<{ name: string; labels: string[] }>(enumsQuery)).rows
    const known = { ...types, ...Object.fromEntries(enums.map(({ name, labels }) => [name, labels.map((label) => `'${label}'`).join(' | ')])) }
    return render((await client.query<Column>(columnsQuery)).rows, known)
  } finally {
    await client.end()
  }
}

function render(columns: Column[], known: Record<string, string>): string {
  const names = [...new Set(columns.map(({ table }) => table))]
  const bodies = names.map((name) => {
    const rows = columns.filter(({ table }) => table === name)
    return `  ${camel(name)}: {\n${rows.map((row) => `    ${camel(row.column)}: ${typeOf(row, known)}`).join('\n')}\n  }`
  })
  return [
    '/** Row types of the migrated database. Generated: run `npm run generate` after a migration. */',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely'", '',
    '/** jsonb: written as JSON text, read as the value. */',
    'type Json = ColumnType<any, string, string>',
    'type NullableJson = ColumnType<any, string | null | undefined, string | null>', '',
    `export type Tables = {\n${bodies.join('\n')}\n}`, '',
  ].join('\n')
}

function typeOf({ column, type, nullable, defaulted, computed }: Column, known: Record<string, string>): string {
  if (type === 'jsonb') return nullable ? 'NullableJson' : defaulted ? 'ColumnType<any, string | undefined, string>' : 'Json'
  const base = known[type]
  if (!base) throw new Error(`tables.ts: column ${column} has the type ${type}, which the generator does not know.`)
  const full = nullable ? `${base} | null` : base
  return computed ? `GeneratedAlways<${full}>` : defaulted ? `Generated<${full}>` : full
}
