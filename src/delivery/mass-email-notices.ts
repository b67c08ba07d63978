/** What people are told about a mass email that moved by itself: its author and the campaign's assigned user. In the transaction of the step. */
import { sumFigures } from '../log/figures.ts'
import { endNotice, notify } from '../notices/notices.ts'
import type { NoticeKind, NoticeLevel } from '../notices/kinds.ts'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import type { SafetyNumbers } from './safety.ts'

export const tellSafetyStop = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailPaused', level: 'error', title: (name) => `“${name}” was paused`, text: why }, now)

export const tellAccountChanged = (db: Db, id: string, now: Date) =>
  tell(db, id, {
    kind: 'massEmailPaused', level: 'warning', title: (name) => `“${name}” was paused`,
    text: 'It was made for the Sandbox, and a real account has been set since. Nothing of it leaves before you decide.',
  }, now)

/** Once while it runs. */
export const tellWarning = (db: Db, id: string, { complained, sent }: SafetyNumbers, now: Date) =>
  tell(db, id, {
    kind: 'massEmailWarning', level: 'warning', title: (name) => `People complain about “${name}”`, onceKey: warningKey(id),
    text: `${complained} of ${sent} so far. From 0.3 % on it is paused. Are these people who asked for it?`,
  }, now)

export async function tellComplete(db: Db, id: string, now: Date): Promise<void> {
  const { human: { people = 0, sent = 0, failed = 0, skipped = 0, uncertain = 0 } } = await sumFigures(db, { massEmailId: id })
  const rest = [[failed, 'failed'], [skipped, 'skipped'], [uncertain, 'unknown']].filter(([count]) => count !== 0).map((part) => part.join(' '))
  await endNotice(db, warningKey(id), now)
  await tell(db, id, {
    kind: 'massEmailComplete', level: failed + uncertain > 0 ? 'warning' : 'success', title: (name) => `“${name}” is complete`,
    text: `Sent to ${sent} of ${people}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`,
  }, now)
}

export const tellBackToDraft = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailBackToDraft', level: 'warning', title: (name) => `“${name}” did not start and is a draft again`, text: why }, now)

export const tellFailed = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailFailed', level: 'error', title: (name) => `“${name}” failed`, text: why }, now)

export const tellCanceled = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailCanceled', level: 'warning', title: (name) => `“${name}” was canceled`, text: why }, now)

const warningKey = (id: string) => `massEmailWarning:${id}`

type Words = { kind: NoticeKind; level: NoticeLevel; title: (name: string) => string; text: string; onceKey?: string }

async function tell(db: Db, id: string, { title, ...words }: Words, now: Date): Promise<void> {
  const row = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select(['massEmail.name', 'massEmail.authorId', 'massEmail.createdBy', 'campaign.assignedUserId']).where('massEmail.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('mass email', id)
  const { name, authorId, createdBy, assignedUserId } = row
  await notify(db, { ...words, title: title(name), about: { type: 'MassEmail', id, name }, to: { userIds: [authorId ?? createdBy, assignedUserId] } }, now)
}
