/** What people are told about a mass email that moved by itself: its author and the campaign's assigned user. In the transaction of the step. */
import { sumFigures } from '../log/figures.ts'
import type { Hold } from '../list-sync/before-freeze.ts'
import { endNotice, notify, openFaults } from '../notices/notices.ts'
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
  const { human: { people = 0, sent = 0, failed = 0, skipped = 0, uncertain = 0, bouncedHard = 0, optedOut = 0 } } = await sumFigures(db, { massEmailId: id })
  const counted = ([[failed, 'failed'], [skipped, 'skipped'], [uncertain, 'unknown'], [bouncedHard, 'bounced so far'], [optedOut, 'opted out so far']] as const).filter(([count]) => count !== 0)
  const rest = counted.map(([count, words]) => `${count.toLocaleString('en')} ${words}`)
  await endNotice(db, warningKey(id), now)
  await tell(db, id, {
    kind: 'massEmailComplete', level: failed + uncertain > 0 ? 'warning' : 'success', title: (name) => `“${name}” is complete`,
    text: `Sent to ${sent.toLocaleString('en')} of ${people.toLocaleString('en')}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`,
  }, now)
}

export const tellBackToDraft = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailBackToDraft', level: 'warning', title: (name) => `“${name}” did not start and is a draft again`, text: why }, now)

export const tellFailed = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailFailed', level: 'error', title: (name) => `“${name}” failed`, text: why }, now)

export const tellCanceled = (db: Db, id: string, why: string, now: Date) =>
  tell(db, id, { kind: 'massEmailCanceled', level: 'warning', title: (name) => `“${name}” was canceled`, text: why }, now)

/** Once while it waits. */
export const tellHeld = (db: Db, id: string, holds: readonly Hold[], now: Date) =>
  tell(db, id, {
    kind: 'massEmailHeld', level: 'error', title: (name) => `“${name}” waits: its target lists are not in step`, onceKey: heldKey(id),
    text: holds.map(({ name, message, advice }) => `${name}: ${message} ${advice}`).join(' '),
  }, now)

/** Of those that wait no more: started, canceled, or a draft again. */
export async function endHeldNotices(db: Db, now: Date): Promise<void> {
  const held = await openFaults(db, 'massEmailHeld')
  if (held.length === 0) return
  const pending = await db.selectFrom('massEmail').select('id').where('status', '=', 'pending').where('deletedAt', 'is', null).where('id', 'in', held.map(({ aboutId }) => aboutId!)).execute()
  for (const { aboutId } of held) if (!pending.some(({ id }) => id === aboutId)) await endNotice(db, heldKey(aboutId!), now)
}

const heldKey = (id: string) => `massEmailHeld:${id}`
const warningKey = (id: string) => `massEmailWarning:${id}`

type Words = { kind: NoticeKind; level: NoticeLevel; title: (name: string) => string; text: string; onceKey?: string }

async function tell(db: Db, id: string, { title, ...words }: Words, now: Date): Promise<void> {
  const row = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select(['massEmail.name', 'massEmail.authorId', 'massEmail.createdBy', 'campaign.assignedUserId']).where('massEmail.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('mass email', id)
  const { name, authorId, createdBy, assignedUserId } = row
  await notify(db, { ...words, title: title(name), about: { type: 'MassEmail', id, name }, to: { userIds: [authorId ?? createdBy, assignedUserId] } }, now)
}
