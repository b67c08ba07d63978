/**
 * Mails notices to those who are to know of them. Deciding and queueing are one transaction, so whoever is killed mails nobody twice and
 * forgets nothing; many processes may do it side by side.
 */
import { sql } from 'kysely'
import type { Ground } from '../platform/ground.ts'
import type { Db, Tx } from '../platform/db.ts'
import { startLoop } from '../platform/loop.ts'
import { decided, lockUnmailed, type Unmailed, usersWithUnmailed } from '../notices/unmailed.ts'
import { readGeneral } from '../settings/settings.ts'
import { queuedRefs, queueSystemMail, withdrawSystemMail } from '../system-mail/queue.ts'
import { choicesOf } from './choices.ts'
import { noticeLetter } from './letter.ts'
import { planMails, withinMs } from './plan.ts'

const purpose = 'notice'
const expiresMs = 24 * 3_600_000

export function startNoticeMail({ db, clock, log }: Pick<Ground, 'db' | 'clock' | 'log'>): { stop(): Promise<void> } {
  return startLoop({ name: 'notice mail', everyMs: 5_000, log, work: async () => { await mailNotices(db, clock()) } })
}

/** Answers how many mails were queued. */
export async function mailNotices(db: Db, now: Date): Promise<number> {
  let mails = 0
  await withdrawOver(db)
  for (const userId of await usersWithUnmailed(db)) mails += await db.transaction().execute((tx) => mailTo(tx, userId, now))
  return mails
}

async function mailTo(tx: Tx, userId: string, now: Date): Promise<number> {
  const notices = await lockUnmailed(tx, userId)
  const person = await recipientOf(tx, userId)
  const { mails, dropped } = person ? planMails(notices, { ...await recentMails(tx, userId, now), ...await choicesOf(tx, userId, person.lastSignInAt), now }) : { mails: [], dropped: notices }
  await decided(tx, userId, [...dropped, ...mails.flat()].map(({ id }) => id))
  for (const mail of mails) await queue(tx, { userId, ...person! }, mail, now)
  return mails.length
}

async function queue(tx: Tx, { userId, emailAddress, name }: Recipient & { userId: string }, notices: readonly Unmailed[], now: Date): Promise<void> {
  const [first] = notices
  const ref = `${userId} ${first!.id}`
  await queueSystemMail(tx, {
    purpose, ref, to: { address: emailAddress, name }, ...noticeLetter(notices, await readGeneral(tx)), anyAccount: true, expiresAt: new Date(now.getTime() + expiresMs),
  }, now)
  await tx.insertInto('noticeMail').values(notices.map(({ id }) => ({ userId, noticeId: id, ref, mailedAt: now }))).execute()
}

type Recipient = { emailAddress: string; name: string; lastSignInAt: Date | null }

/** Null for whom nobody mails: not active, a user of programs, without an address. */
async function recipientOf(db: Db, userId: string): Promise<Recipient | null> {
  const user = await db.selectFrom('user').select(['emailAddress', 'name', 'type', 'isActive', 'lastSignInAt']).where('id', '=', userId).executeTakeFirst()
  return user?.isActive && user.type !== 'api' && user.emailAddress ? { emailAddress: user.emailAddress, name: user.name ?? '', lastSignInAt: user.lastSignInAt } : null
}

async function recentMails(db: Db, userId: string, now: Date): Promise<{ recentMails: number; lastMailAt: Date | null }> {
  const rows = await db.selectFrom('noticeMail').select('ref').select(({ fn }) => fn.max('mailedAt').as('at')).where('userId', '=', userId)
    .where('mailedAt', '>', new Date(now.getTime() - withinMs)).groupBy('ref').execute()
  return { recentMails: rows.length, lastMailAt: rows.length > 0 ? new Date(Math.max(...rows.map(({ at }) => at.getTime()))) : null }
}

/** What still waits for a way out, and of which everything is over. */
async function withdrawOver(db: Db): Promise<void> {
  const waiting = await queuedRefs(db, purpose)
  if (waiting.length === 0) return
  const rows = await db.selectFrom('noticeMail').innerJoin('notice', 'notice.id', 'noticeMail.noticeId').select('noticeMail.ref')
    .where('noticeMail.ref', 'in', waiting).groupBy('noticeMail.ref').having(sql<boolean>`count(notice.over_at) = count(*)`).execute()
  if (rows.length > 0) await db.transaction().execute((tx) => withdrawSystemMail(tx, purpose, rows.map(({ ref }) => ref)))
}
