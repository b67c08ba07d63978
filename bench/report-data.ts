/** A campaign with millions of deliveries and three times as many log entries, and three small ones, made in SQL: indexes last, figures by the recount. */
import { type RawBuilder, sql } from 'kysely'
import type { Api } from '../src/demo/api.ts'
import { countPeople } from '../src/log/people-counted.ts'
import { recountDomains } from '../src/log/recount-domains.ts'
import { type Difference, recount, recountHours } from '../src/log/recount.ts'
import type { Db } from '../src/platform/db.ts'
import type { Made } from '../test/servers/sending.ts'
import { findRecordData, inPortions, makeRecordData, repeatably, withoutIndexes } from './record-data.ts'

/** `lastIds`: three campaigns to every third, fourth and fifth contact. */
export type ReportData = { deliveries: number; entries: number; contacts: number; campaignId: string; massEmailId: string; linkIds: string[]; lastIds: string[]; smallListId: string }

type Mailing = { campaignId: string; massEmailId: string; linkIds: string[]; people: RawBuilder<unknown>; count: number }

const links = 12

export async function makeReportData(db: Db, api: Api, { deliveries, contacts }: { deliveries: number; contacts: number }, say: (words: string) => void): Promise<ReportData> {
  const { smallListId } = await findRecordData(db) ?? await makeRecordData(db, contacts, say)
  await tuned(db, true)
  await sql`create table if not exists made_reports (data jsonb)`.execute(db)
  await sql`create unlogged table reader as select row_number() over () as number, id, name, address_city, email_address from contact`.execute(db)
  await sql`create unique index on reader (number)`.execute(db)
  const large = { ...await givenMailing(api, 'Autumn'), people: sql`'reader' || n || '@' || ${domain}`, count: deliveries }
  const last = await Promise.all([3, 4, 5].map(async (every) => ({ ...await givenMailing(api, `Every ${every}`), people: sql`'letter' || n || '@' || ${domain}`, count: Math.floor(contacts / every) })))
  await withoutIndexes(db, 'delivery', say, async () => { for (const each of [large, ...last]) await insertDeliveries(db, each, contacts) })
  await withoutIndexes(db, 'log_entry', say, async () => { for (const each of [large, ...last]) await insertEntries(db, each) })
  say('statistics')
  for (const table of ['delivery', 'log_entry']) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
  for (const each of [large, ...last]) await countFigures(db, each, say)
  await sql`drop table reader`.execute(db)
  for (const table of ['figure', 'figure_hour', 'figure_domain']) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
  await tuned(db, false)
  const { rows: [counted] } = await sql<{ entries: number }>`select count(*) as entries from log_entry where campaign_id = ${large.campaignId}::uuid`.execute(db)
  const data = { deliveries, contacts, entries: counted!.entries, campaignId: large.campaignId, massEmailId: large.massEmailId, linkIds: large.linkIds, lastIds: last.map(({ campaignId }) => campaignId), smallListId }
  await sql`insert into made_reports values (${JSON.stringify(data)}::jsonb)`.execute(db)
  return data
}

/** What an earlier run has left in the same folder. */
export async function findReportData(db: Db): Promise<ReportData | undefined> {
  const { rows: [table] } = await sql<{ there: boolean }>`select to_regclass('made_reports') is not null as there`.execute(db)
  if (!table?.there) return undefined
  return (await sql<{ data: ReportData }>`select data from made_reports`.execute(db)).rows[0]?.data
}

async function tuned(db: Db, filling: boolean): Promise<void> {
  await (filling ? sql`alter system set max_wal_size = '8GB'` : sql`alter system reset max_wal_size`).execute(db)
  await (filling ? sql`alter system set autovacuum = off` : sql`alter system reset autovacuum`).execute(db)
  await sql`select pg_reload_conf()`.execute(db)
  if (!filling) await sql`checkpoint`.execute(db)
}

async function givenMailing(api: Api, name: string): Promise<Omit<Mailing, 'people' | 'count'>> {
  const { id: campaignId } = await api.post<Made>('/campaigns', { name, type: 'email', status: 'active' })
  const linkIds: string[] = []
  for (let n = 1; n <= links; n++) linkIds.push((await api.post<Made>('/tracking-urls', { campaignId, name: `Link ${n}`, action: 'redirect', url: `https://shop.example/${n}` })).id)
  const body = linkIds.map((id) => `<p><a href="{trackingUrl:${id}}">More</a></p>`).join('')
  const template = await api.post<Made>('/email-templates', { name, subject: name, body, format: 'html' })
  const { id: massEmailId } = await api.post<Made>('/mass-emails', { campaignId, name, emailTemplateId: template.id, dateStart: '2026-05-01T08:00:00Z' })
  return { campaignId, massEmailId, linkIds }
}

/** Ten large domains have most people, as consumers' have; the others are spread over twenty thousand. */
const domain = sql`(case when n % 10 < 8 then (array['mail', 'post', 'inbox', 'web', 'letters', 'office', 'work', 'home', 'north', 'south'])[1 + (n / 10 % 10)] || '.test' else 'company' || n::bigint * 7919 % 20000 || '.test' end)`

/** One of a hundred fails, one of two hundred is skipped; a mail a millisecond or so. */
const insertDeliveries = (db: Db, { massEmailId, people, count }: Mailing, contacts: number) => inPortions(count, (from, to) => repeatably(db, from, sql`
  insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, status, attempts, due_at, sent_at, settled_at, reason_code, message_id)
  select lane_of(email), ${massEmailId}::uuid, 'Contact', id, email, email, status::delivery_status, 1, ${began}, case when status = 'sent' then at end, at,
         case status when 'failed' then 'refused' when 'skipped' then 'optedOutOfList' end, case when status = 'sent' then '<' || n || '@shop.example>' end
    from (select n, r.id, ${people} as email, case n % 200 when 3 then 'failed' when 103 then 'failed' when 55 then 'skipped' else 'sent' end as status, ${began} + n * ${86_400 / count}::float8 * interval '1 second' as at
            from generate_series(${from}::int, ${to}::int) n join reader r on r.number = 1 + n % ${contacts}::int offset 0) made`), 500_000)

const began = sql`timestamptz '2026-05-01 08:00Z'`

/** Three entries a delivery: half of the people open, a third of mail is opened by machines too, every sixth person clicks on one link or more. */
async function insertEntries(db: Db, { campaignId, massEmailId, linkIds }: Mailing): Promise<void> {
  const { rows: [range] } = await sql<{ first: number; last: number }>`select min(id) as first, max(id) as last from delivery where mass_email_id = ${massEmailId}::uuid`.execute(db)
  const of = (action: string, where: RawBuilder<unknown>, at: RawBuilder<unknown>, more: { subject?: RawBuilder<unknown>; machine?: boolean; link?: RawBuilder<unknown> } = {}) => sql`
    select lane, id, ${action}, ${more.subject ?? sql`''`}, ${at}, entity_type, record_id, email_address, ${more.link ?? sql`null`}::uuid, ${more.machine ?? false}
      from delivered where ${where}`
  const sent = sql`status = 'sent'`
  const clicked = (nth: number) => of('clicked', sql`${sent} and h % 100 < 16 and (${nth} = 0 or h % ${2 * nth + 1} = 0)`, sql`later + ${nth} * interval '20 seconds'`, { subject: linkOf(linkIds, nth), link: sql`${linkOf(linkIds, nth)}` })
  await inPortions(range!.last - range!.first + 1, (from, to) => repeatably(db, from, sql`
    insert into log_entry (lane, delivery_id, campaign_id, mass_email_id, action, subject, at, last_at, entity_type, record_id, email_address, tracking_url_id, machine)
    with delivered as materialized (
      select d.*, h, d.settled_at + (-ln((1 + h % 99991) / 99992.0) * 43200) * interval '1 second' as later
        from delivery d cross join lateral (select abs(hashint8(d.id)::bigint) as h) hashed
       where d.id between ${range!.first + from - 1} and ${range!.first + to - 1} and d.mass_email_id = ${massEmailId}::uuid)
    select lane, id, ${campaignId}::uuid, ${massEmailId}::uuid, action, subject, at, at, entity_type, record_id, email_address, link, machine from (
      ${sql.join([
        sql`select lane, id, status::text, '', settled_at, entity_type, record_id, email_address, null::uuid, false from delivered`,
        of('opened', sql`${sent} and h % 100 < 50`, sql`later`), of('opened', sql`${sent} and h % 7 < 5`, sql`settled_at + interval '40 seconds'`, { machine: true }),
        clicked(0), clicked(1), clicked(2), of('clicked', sql`${sent} and h % 50 < 13`, sql`settled_at + interval '1 minute'`, { machine: true, subject: linkOf(linkIds, 0), link: linkOf(linkIds, 0) }),
        of('clicked', sql`${sent} and h % 50 < 13`, sql`settled_at + interval '1 minute'`, { machine: true, subject: linkOf(linkIds, 1), link: linkOf(linkIds, 1) }),
        of('bounced', sql`${sent} and h % 250 = 1`, sql`settled_at + interval '2 minutes'`, { subject: sql`'hard'` }), of('bounced', sql`${sent} and h % 250 in (2, 3)`, sql`settled_at + interval '2 hours'`, { subject: sql`'soft'` }),
        of('optedOut', sql`${sent} and h % 400 = 7`, sql`later`), of('complained', sql`${sent} and h % 5000 = 8`, sql`later`), of('replied', sql`${sent} and h % 1000 = 9`, sql`later`),
      ], sql` union all `)}) as entry (lane, id, action, subject, at, entity_type, record_id, email_address, link, machine)`), 500_000)
}

const linkOf = (linkIds: string[], nth: number) => sql`(${linkIds}::text[])[1 + (h / 100 + ${5 * nth}) % ${links}]`

/** With no figure kept, what the recount misses is what they are. */
async function countFigures(db: Db, { campaignId, massEmailId }: Mailing, say: (words: string) => void): Promise<void> {
  await sql`update mass_email set status = 'complete', frozen_at = ${began}, completed_at = ${began} + interval '1 day' where id = ${massEmailId}::uuid`.execute(db)
  await db.transaction().execute((tx) => countPeople(tx, massEmailId, campaignId))
  say('figures')
  const missing = (await recount(db, massEmailId)).filter(({ metric }) => metric !== 'people')
  for (const rows of inThousands(missing)) {
    await sql`
      insert into figure (lane, mass_email_id, campaign_id, metric, tracking_url_id, machine, count)
      select lane, ${massEmailId}::uuid, ${campaignId}::uuid, metric, tracking_url_id, machine, counted from ${given(rows)}`.execute(db)
  }
  say('figures by hour')
  for (const rows of inThousands(await recountHours(db, massEmailId))) {
    await sql`
      insert into figure_hour (lane, mass_email_id, campaign_id, metric, machine, hour, count)
      select lane, ${massEmailId}::uuid, ${campaignId}::uuid, metric, machine, hour, counted from ${given(rows)}`.execute(db)
  }
  say('figures by domain')
  const column = (metric: string) => metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(' ', '_')
  const ofDomains = (await recountDomains(db, massEmailId)).filter(({ metric }) => metric !== 'people')
  for (const metric of new Set(ofDomains.map((row) => row.metric))) {
    for (const rows of inThousands(ofDomains.filter((row) => row.metric === metric))) {
      await sql`
        update figure_domain f set ${sql.ref(column(metric))} = counted from ${given(rows)}
         where f.mass_email_id = ${massEmailId}::uuid and f.lane = g.lane and f.domain = g.domain and f.entity_type = g.entity_type`.execute(db)
    }
  }
}

const given = (rows: readonly Difference[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows.map(({ trackingUrlId, entityType, ...row }) => ({ ...row, tracking_url_id: trackingUrlId, entity_type: entityType })))}::jsonb)
    as g (lane smallint, metric text, tracking_url_id uuid, machine boolean, hour timestamptz, counted bigint, domain text, entity_type text)`

function inThousands<Each>(rows: readonly Each[]): Each[][] {
  return Array.from({ length: Math.ceil(rows.length / 5000) }, (_, index) => rows.slice(index * 5000, (index + 1) * 5000))
}
