/** A campaign with millions of deliveries and three times as many log entries, and three small ones, made in SQL: indexes last, figures counted once. */
import { type RawBuilder, sql } from 'kysely'
import type { Api } from '../src/demo/api.ts'
import { countPeople } from '../src/log/people-counted.ts'
import type { Db } from '../src/platform/db.ts'
import type { Made } from '../test/servers/sending.ts'
import { findRecordData, inPortions, makeRecordData, repeatably, withoutIndexes } from './record-data.ts'

/** `lastIds`: three campaigns to every third, fourth and fifth contact. */
export type ReportData = { deliveries: number; entries: number; contacts: number; campaignId: string; massEmailId: string; linkIds: string[]; lastIds: string[]; smallListId: string }

type Mailing = { campaignId: string; massEmailId: string; linkIds: string[]; people: RawBuilder<unknown>; count: number; /** The contacts are taken with this step. */ every: number }

const links = 12

export async function makeReportData(db: Db, api: Api, { deliveries, contacts }: { deliveries: number; contacts: number }, say: (words: string) => void): Promise<ReportData> {
  const { smallListId } = await findRecordData(db) ?? await makeRecordData(db, contacts, say)
  await tuned(db, true)
  await sql`create table if not exists made_reports (data jsonb)`.execute(db)
  await sql`create unlogged table reader as select row_number() over () as number, id, name, address_city, email_address from contact`.execute(db)
  await sql`create unique index on reader (number)`.execute(db)
  const large = { ...await givenMailing(api, 'Autumn'), people: sql`'reader' || n || '@' || ${domain}`, count: deliveries, every: 1 }
  const last = await Promise.all([3, 4, 5].map(async (every) => ({ ...await givenMailing(api, `Every ${every}`), people: sql`'letter' || n || '@' || ${domain}`, count: Math.floor(contacts / every), every })))
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
  await (filling ? sql`alter system set work_mem = '256MB'` : sql`alter system reset work_mem`).execute(db)
  await (filling ? sql`alter system set autovacuum = off` : sql`alter system reset autovacuum`).execute(db)
  await sql`select pg_reload_conf()`.execute(db)
  if (!filling) await sql`checkpoint`.execute(db)
}

async function givenMailing(api: Api, name: string): Promise<Omit<Mailing, 'people' | 'count' | 'every'>> {
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
const insertDeliveries = (db: Db, { massEmailId, people, count, every }: Mailing, contacts: number) => inPortions(count, (from, to) => repeatably(db, from, sql`
  insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, status, attempts, due_at, sent_at, settled_at, reason_code, message_id)
  select lane_of(email), ${massEmailId}::uuid, 'Contact', id, email, email, status::delivery_status, 1, ${began}, case when status = 'sent' then at end, at,
         case status when 'failed' then 'refused' when 'skipped' then 'optedOutOfList' end, case when status = 'sent' then '<' || n || '@shop.example>' end
    from (select n, r.id, ${people} as email, case n % 200 when 3 then 'failed' when 103 then 'failed' when 55 then 'skipped' else 'sent' end as status, ${began} + n * ${86_400 / count}::float8 * interval '1 second' as at
            from generate_series(${from}::int, ${to}::int) n join reader r on r.number = 1 + n::bigint * ${every}::int % ${contacts}::int offset 0) made`), 500_000)

const began = sql`timestamptz '2026-05-01 08:00Z'`

/**
 * Three entries a delivery: half of the people open, most mail is opened by machines too, every sixth person clicks on one link or more.
 * In a few large portions, as nothing finds deliveries by their number.
 */
async function insertEntries(db: Db, { campaignId, massEmailId, linkIds, count }: Mailing): Promise<void> {
  const { rows: [range] } = await sql<{ first: number }>`select min(id) as first from delivery where mass_email_id = ${massEmailId}::uuid`.execute(db)
  const of = (action: string, where: RawBuilder<unknown>, at: RawBuilder<unknown>, { subject, machine = false }: { subject?: RawBuilder<unknown>; machine?: boolean } = {}) => sql`
    select ${action}, ${subject ?? sql`''`}, ${at}, ${action === 'clicked' ? sql`(${subject})::uuid` : sql`null::uuid`}, ${machine}::boolean where ${where}`
  const clicked = (nth: number) => of('clicked', sql`h % 100 < 16 and (${nth} = 0 or h % ${2 * nth + 1} = 0)`, sql`later + ${nth} * interval '20 seconds'`, { subject: linkOf(linkIds, nth) })
  const clickedByMachine = (nth: number) => of('clicked', sql`h % 50 < 13`, sql`d.settled_at + interval '1 minute'`, { machine: true, subject: linkOf(linkIds, nth) })
  await inPortions(count, (from, to) => repeatably(db, from, sql`
    insert into log_entry (lane, delivery_id, campaign_id, mass_email_id, entity_type, record_id, email_address, action, subject, at, last_at, tracking_url_id, machine)
    select d.lane, d.id, ${campaignId}::uuid, d.mass_email_id, d.entity_type, d.record_id, d.email_address, action, subject, at, at, link, machine
      from delivery d cross join lateral (select abs(hashint8(d.id)::bigint) as h) hashed
      cross join lateral (select d.settled_at + (-ln((1 + h % 99991) / 99992.0::float8) * 43200) * interval '1 second' as later) opened
      cross join lateral (
        select d.status::text, '', d.settled_at, null::uuid, false
        union all select * from (${sql.join([
          of('opened', sql`h % 100 < 50`, sql`later`), of('opened', sql`h % 7 < 5`, sql`d.settled_at + interval '40 seconds'`, { machine: true }),
          clicked(0), clicked(1), clicked(2), clickedByMachine(0), clickedByMachine(1),
          of('bounced', sql`h % 250 = 1`, sql`d.settled_at + interval '2 minutes'`, { subject: sql`'hard'` }), of('bounced', sql`h % 250 in (2, 3)`, sql`d.settled_at + interval '2 hours'`, { subject: sql`'soft'` }),
          of('optedOut', sql`h % 400 = 7`, sql`later`), of('complained', sql`h % 5000 = 8`, sql`later`), of('replied', sql`h % 1000 = 9`, sql`later`),
        ], sql` union all `)}) answered where d.status = 'sent') as entry (action, subject, at, link, machine)
     where d.id between ${range!.first + from - 1} and ${range!.first + to - 1} and d.mass_email_id = ${massEmailId}::uuid`), Math.ceil(count / 4))
}

const linkOf = (linkIds: string[], nth: number) => sql`(${linkIds}::text[])[1 + (h / 100 + ${5 * nth}) % ${links}]`

/** The log has no repeats here, so everything is counted in a pass or two; that it is right is what `--verify` proves. */
async function countFigures(db: Db, { campaignId, massEmailId }: Mailing, say: (words: string) => void): Promise<void> {
  await sql`update mass_email set status = 'complete', frozen_at = ${began}, completed_at = ${began} + interval '1 day' where id = ${massEmailId}::uuid`.execute(db)
  await db.transaction().execute((tx) => countPeople(tx, massEmailId, campaignId))
  say('figures')
  await sql`
    create unlogged table counted as
    select e.lane, e.entity_type, coalesce(large.domain, '') as domain, date_trunc('hour', e.at, 'UTC') as hour, e.action, e.subject, e.machine, count(*) as count
      from log_entry e left join (select distinct domain from figure_domain where mass_email_id = ${massEmailId}::uuid) large on large.domain = split_part(e.email_address, '@', -1)
     where e.mass_email_id = ${massEmailId}::uuid group by 1, 2, 3, 4, 5, 6, 7`.execute(db)
  say('figures of clicks')
  // Whoever clicked on several links clicked once.
  await sql`
    create unlogged table clicked as
    select lane, entity_type, coalesce(large.domain, '') as domain, hour, machine, count(*) as count
      from (select lane, entity_type, split_part(email_address, '@', -1) as domain, delivery_id, machine, date_trunc('hour', min(at), 'UTC') as hour
              from log_entry where mass_email_id = ${massEmailId}::uuid and action = 'clicked' group by 1, 2, 3, 4, 5) first
      left join (select distinct domain from figure_domain where mass_email_id = ${massEmailId}::uuid) large using (domain) group by 1, 2, 3, 4, 5`.execute(db)
  const metric = sql`case when action = 'bounced' then case subject when 'hard' then 'bouncedHard' else 'bouncedSoft' end else action end`
  await sql`
    insert into figure (lane, mass_email_id, campaign_id, metric, tracking_url_id, machine, count)
    select lane, ${massEmailId}::uuid, ${campaignId}::uuid, metric, coalesce(link, '00000000-0000-0000-0000-000000000000'), machine, sum(count) from (
      select lane, ${metric} as metric, null::uuid as link, machine, count from counted where action <> 'clicked'
      union all select lane, 'logged.' || action, null, machine, count from counted
      union all select lane, 'clicked', null, machine, count from clicked
      union all select lane, unnest(array['clicked', 'clicks']), subject::uuid, machine, count from counted where action = 'clicked'
      union all select lane, 'clicks', null, machine, count from counted where action = 'clicked') each group by lane, metric, link, machine`.execute(db)
  await sql`
    insert into figure_hour (lane, mass_email_id, campaign_id, hour, metric, machine, count)
    select lane, ${massEmailId}::uuid, ${campaignId}::uuid, hour, metric, machine, sum(count) from (
      select lane, hour, ${metric} as metric, machine, count from counted where action <> 'clicked'
      union all select lane, hour, 'clicked', machine, count from clicked) each group by lane, hour, metric, machine`.execute(db)
  const of = (where: RawBuilder<unknown>) => sql`coalesce(sum(count) filter (where ${where}), 0)`
  await sql`
    update figure_domain f set sent = s.sent, failed = s.failed, skipped = s.skipped, opened = s.opened, machine_opened = s.machine_opened, clicks = s.clicks,
           opted_out = s.opted_out, bounced_hard = s.hard, bounced_soft = s.soft, complained = s.complained, replied = s.replied
      from (select lane, entity_type, domain, ${of(sql`action = 'sent'`)} as sent, ${of(sql`action = 'failed'`)} as failed, ${of(sql`action = 'skipped'`)} as skipped,
                   ${of(sql`action = 'opened' and not machine`)} as opened, ${of(sql`action = 'opened' and machine`)} as machine_opened, ${of(sql`action = 'clicked' and not machine`)} as clicks,
                   ${of(sql`action = 'optedOut'`)} as opted_out, ${of(sql`subject = 'hard'`)} as hard, ${of(sql`subject = 'soft'`)} as soft,
                   ${of(sql`action = 'complained'`)} as complained, ${of(sql`action = 'replied'`)} as replied
              from counted group by 1, 2, 3) s
     where f.mass_email_id = ${massEmailId}::uuid and f.lane = s.lane and f.entity_type = s.entity_type and f.domain = s.domain`.execute(db)
  await sql`
    update figure_domain f set clicked = s.clicked, machine_clicked = s.machine_clicked
      from (select lane, entity_type, domain, ${of(sql`not machine`)} as clicked, ${of(sql`machine`)} as machine_clicked from clicked group by 1, 2, 3) s
     where f.mass_email_id = ${massEmailId}::uuid and f.lane = s.lane and f.entity_type = s.entity_type and f.domain = s.domain`.execute(db)
  await sql`drop table counted, clicked`.execute(db)
}
