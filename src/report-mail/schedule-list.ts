/** Schedules as shown: in words, with the next times, the recipients' names and what came of the last mails. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { nextRuns, scheduleInWords } from '../jobs/schedule.ts'
import { type Item, listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { ReportMail, ReportSchedule } from './contract.ts'
import { refInSql } from './mail-ref.ts'
import { mayChange } from './schedules.ts'

export async function schedulesPage(db: Db, actor: Actor, { reportId, ...query }: Partial<ListQuery> & { reportId?: string | undefined }, context: ListContext) {
  const page = await listPage(db, schedulesFor(actor, reportId), query, context)
  return { ...page, items: await withMore(db, page.items, context) }
}

export async function readSchedule(db: Db, actor: Actor, id: string, context: ListContext): Promise<ReportSchedule> {
  const items = isId(id) ? await readItems(db, schedulesFor(actor), sql<boolean>`s.id = ${id}::uuid`) : []
  if (!items[0]) throw notFound('schedule', id)
  return (await withMore(db, items, context))[0] as unknown as ReportSchedule
}

const schedulesFor = (actor: Actor, reportId?: string): Listable => ({
  from: sql`report_schedule s join report r on r.id = s.report_id left join "user" maker on maker.id = s.created_by`,
  where: reportId === undefined ? allowed(actor, 'Report', 'read') : sql<boolean>`(${allowed(actor, 'Report', 'read')} and s.report_id = any(${[reportId].filter(isId)}::uuid[]))`,
  id: sql`s.id`,
  columns: {
    id: { type: 'link', sql: sql`s.id`, notNull: true },
    reportId: { type: 'link', sql: sql`s.report_id`, notNull: true },
    reportName: { type: 'text', sql: sql`r.name`, notNull: true },
    name: { type: 'text', sql: sql`s.name`, notNull: true },
    schedule: { type: 'text', sql: sql`s.schedule`, notNull: true },
    userIds: { type: 'linkMultiple', sql: sql`s.user_ids`, notNull: true },
    attach: { type: 'enum', sql: sql`s.attach`, options: ['none', 'csv', 'xlsx'], notNull: true },
    includeChart: { type: 'boolean', sql: sql`s.include_chart`, notNull: true },
    onlyIfRows: { type: 'boolean', sql: sql`s.only_if_rows`, notNull: true },
    active: { type: 'boolean', sql: sql`s.active`, notNull: true },
    createdById: { type: 'link', sql: sql`s.created_by` },
    createdByName: { type: 'text', sql: sql`maker.name` },
    mayChange: { type: 'boolean', sql: mayChange(actor), notNull: true },
    createdAt: { type: 'dateTime', sql: sql`s.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`s.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`s.version`, notNull: true },
  },
  search: [sql`s.name`, sql`r.name`],
  defaultSort: 'reportName',
})

async function withMore(db: Db, items: Item[], { now, timeZone }: ListContext) {
  const [people, mails] = await Promise.all([
    db.selectFrom('user').select(['id', 'name', 'isActive', 'emailAddress']).where(sql<boolean>`id = any(${items.flatMap(({ userIds }) => (userIds as string[] | undefined) ?? [])}::uuid[])`).execute(),
    lastMails(db, items.map(({ id }) => id as string)),
  ])
  const recipient = (id: string) => {
    const user = people.find((each) => each.id === id)
    return { id, name: user?.name ?? 'Deleted user', canBeMailed: user !== undefined && user.isActive && user.emailAddress !== '' }
  }
  return items.map((item) => ({
    ...item, id: item['id'] as string, timeZone, lastMails: mails.get(item['id'] as string) ?? [],
    ...(typeof item['schedule'] === 'string' && { scheduleInWords: scheduleInWords(item['schedule']), ...(item['active'] !== undefined && { nextRuns: item['active'] ? nextRuns(item['schedule'], now, timeZone).map((at) => at.toISOString()) : [] }) }),
    ...(item['userIds'] !== undefined && { recipients: (item['userIds'] as string[]).map(recipient) }),
  }))
}

const mailsShown = 12

/** What waits in the outbox says why, once the server has said something. */
async function lastMails(db: Db, ids: readonly string[]): Promise<Map<string, ReportMail[]>> {
  const { rows } = await sql<{ scheduleId: string; dueAt: Date; at: Date; userId: string; userName: string; outcome: ReportMail['outcome']; reply: string }>`
    select mail.*, coalesce(u.name, 'Deleted user') as user_name, coalesce(nullif(mail.reply, ''), waiting.reply, '') as reply
      from unnest(${ids}::uuid[]) as wanted (id)
      cross join lateral (select * from report_mail where schedule_id = wanted.id order by due_at desc, at desc, user_id limit ${mailsShown}) mail
      left join "user" u on u.id = mail.user_id
      left join system_mail waiting on mail.outcome = 'queued' and waiting.purpose = 'report' and waiting.ref = ${refInSql('mail')}
     order by mail.due_at desc, user_name`.execute(db)
  const lists = new Map<string, ReportMail[]>()
  for (const { scheduleId, dueAt, at, userId, userName, outcome, reply } of rows) {
    lists.set(scheduleId, [...(lists.get(scheduleId) ?? []), { dueAt: dueAt.toISOString(), at: at.toISOString(), userId, userName, outcome, reply }])
  }
  return lists
}
