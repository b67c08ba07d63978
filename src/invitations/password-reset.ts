/** Forgotten passwords: a link by mail, for whoever reads the mail of the account. A second factor stays. */
import { sql } from 'kysely'
import { actorOf, rolesOfUser } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { hashOf } from '../access/secret-text.ts'
import { setPassword } from '../access/set-password.ts'
import { beginTry, findByName, forgetWrongPasswords, trying } from '../access/sign-in.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { enqueueTask, type TaskKind } from '../platform/task.ts'
import { readGeneral } from '../settings/settings.ts'
import { queueSystemMail } from '../system-mail/queue.ts'
import { resetLetter } from './letters.ts'
import { linkIsOver, newLink } from './links.ts'
import { othersCouldReadMail } from './open.ts'

const lifetimeMs = 3600_000
/** Nobody's mailbox is filled by others who type in his name. */
const mostInAnHour = 3

/**
 * Whoever asks learns nothing: for a name that there is and one that there is not the same is done, and a task looks for the user.
 */
export async function askForReset(db: Db, { userName, ip }: { userName: string; ip: string }, now: Date): Promise<void> {
  await beginTry(db, [`reset:${userName.toLowerCase()}`, `ip:reset:${ip}`], now)
  await enqueueTask(db, { kind: 'mailPasswordReset', title: 'Forgotten password', input: { userName }, resumable: true })
}

/** The task. Only who has a password of ours gets another one, and only to the address of the account. */
export const mailPasswordReset = (secrets: Secrets): TaskKind => async ({ db, clock }, { userName }: { userName: string }) => {
  const user = await findByName(db, userName)
  if (!user?.isActive || user.type === 'api' || user.passwordHash === null || user.emailAddress === '' || user.emailMalformed) return {}
  const now = clock()
  if (await othersCouldUseIt(db, user, now)) return {}
  const { passwordHash } = user
  await db.transaction().execute((tx) => mailLink(tx, secrets, { ...user, passwordHash }, now))
  return {}
}

/** A second factor stands against that; an admin without one is helped by another, or by `tidings user reset-password`. */
const othersCouldUseIt = async (db: Db, { type, secondFactorSince }: { type: string; secondFactorSince: Date | null }, now: Date): Promise<boolean> =>
  type === 'admin' && secondFactorSince === null && othersCouldReadMail(db, now)

async function mailLink(tx: Tx, secrets: Secrets, user: { id: string; userName: string; emailAddress: string; passwordHash: string }, now: Date): Promise<void> {
  // One after the other for each user, so that several at once are not all the last one.
  await tx.selectFrom('user').select('id').where('id', '=', user.id).forNoKeyUpdate().execute()
  const { open } = await tx.selectFrom('passwordReset').select(({ fn }) => fn.countAll<number>().as('open')).where('userId', '=', user.id).where('expiresAt', '>', now).executeTakeFirstOrThrow()
  if (open >= mostInAnHour) return
  const general = await readGeneral(tx)
  const { url, hash } = newLink(general, 'reset-password')
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  await tx.insertInto('passwordReset').values({ secretHash: hash, userId: user.id, emailAddress: user.emailAddress, passwordMark: hashOf(user.passwordHash), askedAt: now, expiresAt }).execute()
  const { subject, text } = resetLetter({ url, companyName: general.companyName, userName: user.userName })
  await queueSystemMail(tx, { purpose: 'passwordReset', ref: hash, to: { address: user.emailAddress }, subject, text: '', textSealed: secrets.seal(text), expiresAt }, now)
}

type Visitor = { token: string; ip: string }

/** Whose password it is; looked at before a new one is typed. */
export const lookAtReset = (db: Db, { token, ip }: Visitor, now: Date): Promise<{ userName: string }> =>
  trying(db, [`ip:link:${ip}`], now, async () => ({ userName: (await userOfLink(db, token, now)).userName }))

/** Opens once: every link of this user closes, every browser is signed out, and wrong passwords are forgotten. */
export const resetPassword = (db: Db, { token, ip, password }: Visitor & { password: string }, now: Date): Promise<void> =>
  trying(db, [`ip:link:${ip}`], now, () => db.transaction().execute(async (tx) => {
    const user = await userOfLink(tx, token, now, true)
    const { numDeletedRows } = await tx.deleteFrom('passwordReset').where('userId', '=', user.id).executeTakeFirst()
    // Of two who use the link at once, the second waited here.
    if (numDeletedRows === 0n) throw linkIsOver()
    await setPassword(tx, user.id, password)
    await forgetWrongPasswords(tx, user)
    await audit(tx, actorOf(user, 'system', ip), 'passwordReset', { type: 'User', id: user.id, name: user.userName, detail: { how: 'mail' } })
  }))

/** Only while password and address are those that it was mailed for, and of an admin only while nobody else could have read it. */
async function userOfLink(db: Db, token: string, now: Date, lock = false) {
  const found = db.selectFrom('user').innerJoin('passwordReset', 'passwordReset.userId', 'user.id')
    .select(['user.id', 'user.userName', 'user.emailAddress', 'user.type', 'user.teamIds', 'user.secondFactorSince', rolesOfUser.as('roles')])
    .where('passwordReset.secretHash', '=', hashOf(token)).where('passwordReset.expiresAt', '>', now).where('user.isActive', '=', true).where('user.type', '<>', 'api')
    .whereRef('passwordReset.emailAddress', '=', 'user.emailAddress').whereRef('passwordReset.passwordMark', '=', sql`encode(sha256(convert_to("user".password_hash, 'UTF8')), 'hex')`)
  const user = await (lock ? found.forNoKeyUpdate('user') : found).executeTakeFirst()
  if (!user || await othersCouldUseIt(db, user, now)) throw linkIsOver()
  return user
}
