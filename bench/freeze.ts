/** `freeze`: a large audience becomes deliveries, beside one bare INSERT … SELECT of as many rows into such a table in the same database. */
import { sql } from 'kysely'
import { freezeDue } from '../src/delivery/freeze.ts'
import type { Db } from '../src/platform/db.ts'
import type { Made } from '../test/servers/sending.ts'
import { letter, subject } from './letter.ts'
import { sendInto } from './campaign.ts'
import type { Report } from './figure.ts'
import { type Installation, type Measured, openInstallation } from './installation.ts'

export type FreezeOptions = { recipients: number; profile?: boolean }

export async function benchFreeze({ recipients, profile = false }: FreezeOptions, report: Report): Promise<void> {
  // Without a worker nobody else freezes it.
  await using installation = await openInstallation({ profile, roles: 'web' })
  const { api, db, measure } = installation
  const id = await givenMassEmail(installation, await givenAudience(installation, recipients))
  const funnel = await afterCheckpoint(db, () => measure(() => api.get(`/mass-emails/${id}/audience`)))
  const { included } = await api.get<{ included: number }>(`/mass-emails/${id}/audience`)
  await api.patch(`/mass-emails/${id}`, { status: 'pending' })

  const bare = [await bareInsert(installation, included)]
  const frozen = await afterCheckpoint(db, () => measure(() => freezeDue(db, () => new Date())))
  await expectFrozen(db, id, included)
  bare.push(await bareInsert(installation, included))
  const best = (of: (measured: Measured) => number) => Math.min(...bare.map(of))

  const people = `${recipients} members in 3 lists, every tenth in two of them, ${recipients / 10} excluded, ${recipients / 20} opted out, ${included} included`
  const bareWords = `limit: one bare INSERT … SELECT of ${included} rows into a table like delivery with the same indexes, the better of a run before and one after`
  report({ name: 'freeze', value: frozen.seconds, unit: 's', limit: best(({ seconds }) => seconds), method: `${people}; the whole transaction as the job does it; ${bareWords}` })
  report({ name: 'freezeCpu', value: frozen.cost.database, unit: 's', limit: best(({ cost }) => cost.database), method: `${people}; CPU time of PostgreSQL; ${bareWords}` })
  report({ name: 'funnel', value: funnel.seconds, unit: 's', method: `${people}; GET /mass-emails/:id/audience of a draft` })
}

/** One person of ten is in two lists, one of ten is excluded, one of twenty opted out: half of those from a list, half entirely. */
async function givenAudience({ api, db }: Installation, count: number): Promise<{ targetListIds: string[]; excludingTargetListIds: string[] }> {
  const makeList = async (name: string) => (await api.post<Made>('/target-lists', { name })).id
  const lists = [await makeList('First'), await makeList('Second'), await makeList('Third')]
  const excluding = await makeList('Excluded')
  await sql`create table person as select n, uuid_v7() as id from generate_series(1, ${count}::int) n`.execute(db)
  await sql`
    insert into contact (id, first_name, last_name, email_address)
    select id, 'First' || n, 'Reader ' || n, 'reader' || n || '@' || (n % 5000) || '.test' from person`.execute(db)
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id)
    select (${lists}::uuid[])[1 + n % 3], 'Contact', id from person
    union all select (${lists}::uuid[])[1 + (n + 1) % 3], 'Contact', id from person where n % 10 = 0
    union all select ${excluding}::uuid, 'Contact', id from person where n % 10 = 1`.execute(db)
  await sql`
    insert into opt_out (target_list_id, email_key, email_address)
    select (${lists}::uuid[])[1 + n % 3], email_key, email_address from person join contact using (id) where n % 40 = 2`.execute(db)
  await sql`
    insert into suppression (email_key, email_address, reason)
    select email_key, email_address, 'optedOut' from person join contact using (id) where n % 40 = 3`.execute(db)
  await sql`analyze`.execute(db)
  return { targetListIds: lists, excludingTargetListIds: [excluding] }
}

async function givenMassEmail({ api, sinkPort }: Installation, lists: { targetListIds: string[]; excludingTargetListIds: string[] }): Promise<string> {
  await sendInto(api, sinkPort)
  const campaign = await api.post<Made>('/campaigns', { name: 'Letters', type: 'email', status: 'active', ...lists })
  const template = await api.post<Made>('/email-templates', { name: 'Letter', subject, body: letter.replace('{link}', 'https://shop.example/'), format: 'html' })
  const { id } = await api.post<Made>('/mass-emails', { campaignId: campaign.id, name: 'Letter', emailTemplateId: template.id, dateStart: new Date().toISOString() })
  return id
}

/** As many rows as the freeze writes, of the same columns, read from one table: what the writing alone costs. */
async function bareInsert({ db, measure }: Installation, count: number): Promise<Measured> {
  await sql`create table bare_delivery (like delivery including all)`.execute(db)
  const measured = await afterCheckpoint(db, () => measure(() => db.transaction().execute(async (tx) => {
    await sql`set local jit = off`.execute(tx)
    await sql`
      insert into bare_delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, due_at, sandbox, account_id, template_version_id)
      select lane_of(email_key), one.id, 'Contact', c.id, email_address, email_key, now(), false, one.id, one.id
        from contact c, (select uuid_v7() as id offset 0) one limit ${count}`.execute(tx)
  })))
  await sql`drop table bare_delivery`.execute(db)
  return measured
}

/** All start alike: nothing dirty is left over from what came before. */
async function afterCheckpoint<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  await sql`checkpoint`.execute(db)
  return work()
}

async function expectFrozen(db: Db, massEmailId: string, included: number): Promise<void> {
  const { rows: [found] } = await sql<{ status: string; deliveries: number }>`
    select status, (select count(*) from delivery where mass_email_id = m.id) as deliveries from mass_email m where id = ${massEmailId}::uuid`.execute(db)
  if (found?.status !== 'inProcess' || found.deliveries !== included) throw new Error(`It is not frozen as it should be: ${JSON.stringify(found)}, ${included} included.`)
}
