/** Millions of accounts and contacts as companies have them: few values that are common, many that are rare, a third without a company. Made in SQL, indexes last. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../src/platform/db.ts'

export type RecordData = { accounts: number; contacts: number; largeListId: string; smallListId: string }

/** Contacts of one statement; two run at once. */
const ofOneStatement = 200_000

export async function makeRecordData(db: Db, contacts: number, say: (words: string) => void): Promise<RecordData> {
  const accounts = Math.ceil(contacts / 10)
  await sql`alter system set max_wal_size = '8GB'`.execute(db)
  await sql`select pg_reload_conf()`.execute(db)
  await sql`create table if not exists made_records (accounts int, contacts int, large_list uuid, small_list uuid)`.execute(db)
  const users = await makeUsers(db)
  await withoutIndexes(db, 'account', say, () => inPortions(accounts, (from, to) => insertAccounts(db, { from, to, all: accounts })))
  await withoutIndexes(db, 'contact', say, () => inPortions(contacts, (from, to) => insertContacts(db, { from, to, all: contacts, accounts, users })))
  say('target lists')
  const largeListId = await makeList(db, 'Every tenth', 10)
  const smallListId = await makeList(db, 'Every ten thousandth', 10_000)
  say('statistics')
  for (const table of ['account', 'contact', 'target_list_member']) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
  await sql`alter system reset max_wal_size`.execute(db)
  await sql`select pg_reload_conf()`.execute(db)
  await sql`checkpoint`.execute(db)
  await sql`insert into made_records values (${accounts}, ${contacts}, ${largeListId}, ${smallListId})`.execute(db)
  return { accounts, contacts, largeListId, smallListId }
}

/** What an earlier run has left in the same folder. */
export async function findRecordData(db: Db): Promise<RecordData | undefined> {
  const { rows: [table] } = await sql<{ there: boolean }>`select to_regclass('made_records') is not null as there`.execute(db)
  if (!table?.there) return undefined
  const { rows } = await sql<RecordData>`select accounts, contacts, large_list as large_list_id, small_list as small_list_id from made_records`.execute(db)
  return rows[0]
}

async function makeUsers(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into "user" (id, user_name, email_address, last_name, type)
    select uuid_v7(), 'seller' || n, 'seller' || n || '@company.test', 'Seller ' || n, 'regular' from generate_series(1, 20) n returning id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Rows first, then their indexes one by one, which is several times faster than row by row. */
export async function withoutIndexes(db: Db, table: string, say: (words: string) => void, work: () => Promise<void>): Promise<void> {
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select i.relname as name, pg_get_indexdef(i.oid) as definition
      from pg_index x join pg_class i on i.oid = x.indexrelid
     where x.indrelid = ${table}::regclass and not x.indisprimary`.execute(db)
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db)
  say(`rows of ${table}`)
  await work()
  await db.connection().execute(async (connection) => {
    await sql`set maintenance_work_mem = '1GB'`.execute(connection)
    for (const { name, definition } of indexes) {
      say(`index ${name}`)
      await sql.raw(definition).execute(connection)
    }
    await sql`reset maintenance_work_mem`.execute(connection)
  })
}

export async function inPortions(count: number, insert: (from: number, to: number) => Promise<unknown>, portion = ofOneStatement): Promise<void> {
  let next = 1
  const worker = async () => {
    while (next <= count) {
      const from = next
      next += portion
      await insert(from, Math.min(count, from + portion - 1))
    }
  }
  await Promise.all([worker(), worker()])
}

type Portion = { from: number; to: number; all: number }

const insertAccounts = (db: Db, { from, to, all }: Portion) => repeatably(db, from, sql`
  insert into account (id, name, email_address, website, type, industry, billing_address_city, billing_address_country, created_at, modified_at)
  select ${accountId(sql`n`)}, ${pick(beginnings)} || ${pick(endings)} || ' ' || ${pick(forms)} || ' ' || n, 'info@company' || n || '.test',
         'https://company' || n || '.test/', ${pick(accountTypes)}, ${often(industries)}, ${city()}, ${often(countries)}, ${madeAt(all)}, ${madeAt(all)}
    from generate_series(${from}::int, ${to}::int) n`)

const insertContacts = (db: Db, { from, to, all, accounts, users }: Portion & { accounts: number; users: string[] }) => repeatably(db, from, sql`
  insert into contact (id, salutation, first_name, last_name, title, account_id, email_address, do_not_email, phone_number,
                       address_street, address_city, address_postal_code, address_country, description, assigned_user_id, created_at, modified_at)
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(mark, 1, 3) || '8' || substr(mark, 4, 15))::uuid,
         ${pick(['Ms', 'Mr', ''])}, first, last, ${often(titles)},
         case when random() < 0.7 then ${accountId(sql`(1 + floor(random() * ${accounts}))::int`)} end,
         lower(first || '.' || last) || n || '@' || ${often(domains)}, random() < 0.02, '+49 30 ' || n,
         ${pick(endings)} || ' street ' || (n % 200), case when n % ${Math.ceil(all / 50)} = 7 then 'Farland' else ${city()} end,
         lpad((n % 90000)::text, 5, '0'), ${often(countries)},
         case when n % 5 = 0 then repeat(${pick(endings)} || ' ', 30) else '' end,
         case when random() < 0.6 then (${users}::uuid[])[1 + floor(random() * ${users.length})::int] end,
         at, at + random() ^ 3 * (timestamptz '2026-06-01' - at)
    from (select n, md5(n::text) as mark, ${often(firstNames)} as first, ${often(beginnings)} || ${pick(endings)} as last, ${madeAt(all)} as at
            from generate_series(${from}::int, ${to}::int) n offset 0) person`)

/** Each portion draws its own numbers, the same in every run. */
export const repeatably = (db: Db, seed: number, insert: RawBuilder<unknown>) => db.transaction().execute(async (tx) => {
  await sql`set local synchronous_commit = off`.execute(tx)
  await sql`select setseed(${1 / (seed + 1)})`.execute(tx)
  await insert.execute(tx)
})

const accountId = (number: RawBuilder<unknown>) => sql`('018f0000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/** Three years in the order of the rows; every second part of them came in files, two thousand at one instant. */
const madeAt = (all: number) => sql`(timestamptz '2023-01-01' + interval '3 years' *
  ((case when n / 20000 % 2 = 0 then n / 2000 * 2000 else n end)::float8 / ${all}::float8))`

const pick = (words: readonly string[]) => sql`(${words}::text[])[1 + floor(random() * ${words.length})::int]`
/** The first word is the most common, the others ever rarer (Zipf). */
const often = (words: readonly string[]) => sql`(${words}::text[])[floor(${words.length + 1} ^ random())::int]`
/** 900 places; the largest has every tenth person, the smallest one of six thousand. */
const city = () => sql`(select (${beginnings}::text[])[1 + k % 30] || (${places}::text[])[1 + k / 30] from (select floor(901 ^ random())::int - 1 + n * 0 as k) each_city)`

async function makeList(db: Db, name: string, every: number): Promise<string> {
  const { rows: [list] } = await sql<{ id: string }>`insert into target_list (id, name) values (uuid_v7(), ${name}) returning id`.execute(db)
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id)
    select ${list!.id}::uuid, 'Contact', id from contact where uuid_hash(id) % ${every} = 0`.execute(db)
  return list!.id
}

const words = (text: string) => text.split(' ')
const firstNames = words('Anna Thomas Maria Peter Julia Michael Laura Andreas Sophie Daniel Lena Martin Eva Paul Clara Jonas Ida Felix Emma Max Nora Simon Alma Oskar Greta Anton Hanna Emil Frida Karl Ella Hugo Vera Bruno Rosa Otto Tilda Kasper Wilma Quirin')
const beginnings = words('Berg Stein Wald Feld Bach Linden Eichen Birken Rosen Winter Sommer Kirch Burg Hohen Nieder Ober Alten Neuen Schwarzen Weissen Grünen Roten Silber Gold Eisen Kupfer Mühl See Fluss Grund')
const endings = words('mann er hofer bauer meier müller stadt dorfer huber reiter thaler wirth lehner moser gruber egger pichler haas brandt fuchs wolf adler falk kern kunz lang kurz roth braun schwarz')
const places = words('stadt heim dorf hausen burg feld bach berg tal ingen hofen kirchen au see furt brück rode wald stein weiler münster moor hagen hafen ort egg ried gau mark zell')
const forms = words('AG GmbH KG Ltd Inc SE')
const accountTypes = words('Customer Partner Investor Reseller')
const industries = words('Manufacturing Software Retail Banking Insurance Health Education Energy Transport Construction Chemicals Food Media Telecom Tourism Agriculture Textiles Steel Mining Shipbuilding')
const countries = words('Germany Austria Switzerland France Italy Poland Denmark Sweden Norway Iceland')
const titles = words('Manager Engineer Buyer Director Assistant Developer Analyst Consultant Accountant Lawyer Physician Nurse Teacher Architect Chemist Pilot Baker Painter Cellist Falconer')
const domains = words('mail.test post.test inbox.test web.test letters.test office.test work.test home.test north.test south.test')
