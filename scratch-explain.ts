import { sql } from 'kysely'
import { openDb } from './src/platform/db.ts'
import { openEmbeddedPostgres } from './src/platform/embedded-postgres.ts'
const server = await openEmbeddedPostgres(process.argv[2]!)
const db = openDb(server.url)
const { rows: [d] } = await sql<any>`select data from made_reports`.execute(db)
const me = d.data.massEmailId, campaign = d.data.campaignId
const ex = async (name: string, q: any) => { const { rows } = await sql<any>`explain (analyze, buffers) ${q}`.execute(db); console.log('==', name); for (const r of rows) console.log(Object.values(r)[0]) }
const u = sql.raw(['pending','sending','sent','failed','skipped','uncertain'].map((s) => `select * from delivery where status = '${s}'`).join(' union all '))
await ex('union', sql`select d.id from (${u}) d where d.mass_email_id = ${me} and not d.test order by d.id asc limit 51`)
await ex('hours', sql`select hour, jsonb_object_agg(metric, count) as counts from (
      select hour, metric, sum(count)::bigint as count from figure_hour where campaign_id = any(${[campaign]}::uuid[]) and not machine group by hour, metric) sums
     group by hour order by hour`)
await ex('domains', sql`select domain, sum(people) from figure_domain where campaign_id = any(${[campaign]}::uuid[]) group by 1`)
await db.destroy(); await server[Symbol.asyncDispose]()
