/** Who hears that a scheduled report does not arrive: whoever made the schedule and looks after the report; once, until it works again. */
import { endNotice, endNotices, notify, openFaults } from '../notices/notices.ts'
import type { Db, Tx } from '../platform/db.ts'

export type About = { id: string; reportId: string; reportName: string; createdBy: string | null; assignedUserId: string | null }

const keysOf = (scheduleId: string) => `reportMail:${scheduleId}:`
const leftOutKey = (scheduleId: string, userId: string) => `${keysOf(scheduleId)}leftOut:${userId}`
const failingKey = (scheduleId: string) => `${keysOf(scheduleId)}failing`

export const tellLeftOut = (db: Db, { id, reportId, reportName, createdBy, assignedUserId }: About, user: { id: string; name: string }, reason: string, now: Date) => notify(db, {
  kind: 'scheduledReport', level: 'warning', title: `“${reportName}” is not mailed to ${user.name} any more`,
  text: `${reason} Take them out of the schedule, or give them the right to see it.`,
  about: { type: 'Report', id: reportId, name: reportName }, to: { userIds: [createdBy, assignedUserId] }, onceKey: leftOutKey(id, user.id),
}, now)

export const arrivesAgain = (db: Db, scheduleId: string, userId: string, now: Date) => endNotice(db, leftOutKey(scheduleId, userId), now)

export const tellFailing = (db: Db, { id, reportId, reportName, createdBy, assignedUserId }: About, reply: string, now: Date) => notify(db, {
  kind: 'scheduledReport', level: 'error', title: `“${reportName}” could not be mailed three times in a row`,
  text: `${reply} Look at its schedule, and at Administration > Delivery Health.`,
  about: { type: 'Report', id: reportId, name: reportName }, to: { userIds: [createdBy, assignedUserId] }, onceKey: failingKey(id),
}, now)

export const workAgain = (db: Db, scheduleIds: readonly string[], now: Date) => endNotices(db, scheduleIds.map(failingKey), now)

/** The schedule is gone or off. */
export async function endNoticesOf(tx: Tx, scheduleId: string, now: Date): Promise<void> {
  const open = await openFaults(tx, 'scheduledReport')
  await endNotices(tx, open.map(({ onceKey }) => onceKey!).filter((key) => key.startsWith(keysOf(scheduleId))), now)
}
