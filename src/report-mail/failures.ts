/** What became of the mails of schedules: taken over from the outbox, told after three failures in a row, forgotten after a season. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { refInSql } from './mail-ref.ts'
import { type About, tellFailing, workAgain } from './notices.ts'

/** The outbox forgets after 30 days; what came of a mail is kept here. */
export async function writeDownSettled(db: Db): Promise<void> {
  await sql`
    update report_mail set outcome = outbox.status, reply = outbox.reply
      from system_mail outbox
     where report_mail.outcome = 'queued' and outbox.purpose = 'report' and outbox.ref = ${refInSql('report_mail')} and outbox.status <> 'queued'`.execute(db)
}

const inARow = 3

/** The last three due times of each schedule that are settled: when each has a failure, it is said; when the last has none, it is over. */
export async function tellOfFailures(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<About & { failing: boolean; works: boolean; reply: string }>`
    select s.id, s.report_id, s.created_by, r.name as report_name, r.assigned_user_id, last.failing, last.works, last.reply
      from report_schedule s join report r on r.id = s.report_id
      cross join lateral (
        select count(*) = ${inARow} and bool_and(failed) as failing, coalesce(bool_or(not failed) filter (where place = 1), false) as works, coalesce(max(reply) filter (where place = 1), '') as reply
          from (select due_at, bool_or(outcome = 'failed') as failed, max(reply) filter (where outcome = 'failed') as reply, row_number() over (order by due_at desc) as place
                  from report_mail where schedule_id = s.id group by due_at having bool_and(outcome <> 'queued') order by due_at desc limit ${inARow}) times) last
     where s.active and (last.failing or last.works)`.execute(db)
  for (const schedule of rows) if (schedule.failing) await tellFailing(db, schedule, schedule.reply, now)
  await workAgain(db, rows.filter(({ failing }) => !failing).map(({ id }) => id), now)
}

/** Clean Up. */
export async function forgetOldReportMail(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('reportMail').where('at', '<', new Date(now.getTime() - 90 * 24 * 3_600_000)).where('outcome', '<>', 'queued').executeTakeFirst()
  return Number(numDeletedRows)
}
