/** The proof of the figures by recipient domain and entity type, by a way of its own: each number from deliveries or log entries, joined by the address. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { domainColumns } from './counters.ts'
import { unproved } from './entry.ts'
import type { Difference } from './recount.ts'

export async function recountDomains(db: Db, massEmailId: string): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with large as (
      select distinct domain from figure_domain where mass_email_id = ${massEmailId}::uuid
    ), delivered as (
      select d.lane, d.entity_type, d.id, d.status::text as status, coalesce(large.domain, '') as domain
        from delivery d left join large on large.domain = split_part(d.email_key, '@', -1) where d.mass_email_id = ${massEmailId}::uuid and not d.test
    ), entry as (
      select e.lane, e.entity_type, coalesce(large.domain, '') as domain, e.delivery_id, e.action, e.subject, e.machine, e.repeats
        from log_entry e left join large on large.domain = lower(split_part(e.email_address, '@', -1))
       where e.mass_email_id = ${massEmailId}::uuid and not e.test and e.subject <> ${unproved}
    ), counted as (
      select lane, entity_type, domain, metric, count(*) as count from (
        select lane, entity_type, domain, 'people' as metric from delivered
        union all select lane, entity_type, domain, status from delivered where status in ('sent', 'failed', 'skipped', 'uncertain')
        union all select lane, entity_type, domain, case when machine then 'machine ' else '' end || case action when 'leadCreated' then 'leadsCreated' else action end
          from (select distinct lane, entity_type, domain, delivery_id, action, machine from entry
                 where action in ('opened', 'clicked') or not machine and action in ('optedOut', 'optedIn', 'complained', 'replied', 'leadCreated')) once
        union all select b.lane, b.entity_type, b.domain, case when hard then 'bouncedHard' else 'bouncedSoft' end
          from (select lane, entity_type, domain, delivery_id as id, bool_or(subject = 'hard') as hard from entry where action = 'bounced' group by 1, 2, 3, 4) b
          join delivered d on d.lane = b.lane and d.id = b.id and d.status = 'sent') each group by 1, 2, 3, 4
      union all
      select lane, entity_type, domain, 'clicks', sum(repeats) from entry where action = 'clicked' and not machine group by 1, 2, 3
    ), kept as (
      select lane, entity_type, domain, each.metric, each.count from figure_domain cross join lateral (values ${columns}) as each (metric, count)
       where mass_email_id = ${massEmailId}::uuid and each.count <> 0
    )
    select ${massEmailId} as "of", lane, metric, domain, entity_type, '00000000-0000-0000-0000-000000000000' as tracking_url_id, false as machine,
           coalesce(kept.count, 0) as kept, coalesce(counted.count, 0)::bigint as counted
      from kept full join counted using (lane, entity_type, domain, metric)
     where coalesce(kept.count, 0) <> coalesce(counted.count, 0)
     order by domain, entity_type, metric, lane`.execute(db)
  return rows
}

const columns: RawBuilder<unknown> = sql.join([['people', 'people'], ...Object.entries(domainColumns)].map(([metric, column]) => sql`(${sql.lit(metric)}, ${sql.ref(column!)})`))
