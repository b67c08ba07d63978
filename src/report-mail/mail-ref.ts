/** What names a mail of a schedule in the outbox: as a text, and the same of a row of report_mail in SQL. */
import { sql } from 'kysely'

export const refOf = (scheduleId: string, dueAt: Date, userId: string): string => `${scheduleId} ${Math.floor(dueAt.getTime() / 1000)} ${userId}`

/** `row` is the table or its alias. */
export const refInSql = (row: string) => sql`${sql.id(row, 'schedule_id')}::text || ' ' || (extract(epoch from ${sql.id(row, 'due_at')})::bigint)::text || ' ' || ${sql.id(row, 'user_id')}::text`
