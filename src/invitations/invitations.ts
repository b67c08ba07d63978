/** Invitations: users without a password, each with a link by mail that lets its address choose one. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { createRegularUser } from '../access/new-user.ts'
import { writeName } from '../access/own-name.ts'
import { existing } from '../access/roles.ts'
import { hashOf } from '../access/secret-text.ts'
import { setPassword } from '../access/set-password.ts'
import { passwordNotAllowed, type PasswordRule, trying } from '../access/sign-in.ts'
import { addressKey, parseAddress } from '../platform/email-address.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound, sqlState } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readGeneral } from '../settings/settings.ts'
import { queueSystemMail, withdrawSystemMail } from '../system-mail/queue.ts'
import { invitationLetter } from './letters.ts'
import { linkIsOver, newLink } from './links.ts'
import { expectPasswordFor, hasNoWayIn, othersCouldReadMail } from './open.ts'

const lifetimeDays = 7
/** What the mail of an invitation is found by, with the hash of its link. */
export const invitationPurpose = 'invitation'

type Inviting = { secrets: Secrets; actor: Actor; now: Date; passwordsForAdministratorsOnly: PasswordRule }
type Invited = { emailAddresses: readonly string[]; roleIds: readonly string[]; teamIds: readonly string[] }
/** Of whom, and where its link leads. */
export type Sent = { id: string; url: string }

/** All of them or none. */
export async function invite(tx: Tx, { emailAddresses, roleIds, teamIds }: Invited, by: Inviting): Promise<Sent[]> {
  const addresses = await checkedAddresses(tx, emailAddresses)
  await expectThere(tx, { roleIds, teamIds })
  const sent: Sent[] = []
  for (const emailAddress of addresses) {
    const id = await refusingTaken(emailAddress, () => createRegularUser(tx, { emailAddress, firstName: '', lastName: '', roleIds, teamIds, createdBy: by.actor.userId }))
    await audit(tx, by.actor, 'userInvited', { type: 'User', id, name: emailAddress, detail: { roleIds, teamIds } })
    sent.push(await mailInvitation(tx, { id, emailAddress, type: 'regular', madeUser: true }, by))
  }
  return sent
}

/** Somebody else made a user with this address since it was looked for. */
async function refusingTaken<Result>(address: string, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make()
  } catch (error) {
    throw sqlState(error) === '23505' ? invalid([{ path: 'emailAddresses', message: taken(address) }]) : error
  }
}

const taken = (address: string) => `There is a user with the address ${address} already.`

/** Once more, or for the first time somebody whom an administrator made without a password. The link before it opens nothing any more. */
export async function inviteUser(tx: Tx, id: string, by: Inviting): Promise<Sent> {
  const { hash, emailAddress, type } = await lockInvitable(tx, id)
  if (type === 'admin' && await othersCouldReadMail(tx, by.now)) {
    throw new AppError('conflict', 'othersReadMail', 'Somebody who is no admin could read the mail that lets this admin in: whoever has a role that administers, or an API key that changes settings and no users. Set a password for the user instead, and hand it on.')
  }
  if (hash !== null) await withdrawSystemMail(tx, invitationPurpose, [hash])
  await audit(tx, by.actor, 'userInvited', { type: 'User', id, name: emailAddress })
  return mailInvitation(tx, { id, emailAddress, type, madeUser: false }, by)
}

async function lockInvitable(tx: Tx, id: string): Promise<{ hash: string | null; emailAddress: string; type: string }> {
  const user = isId(id) ? await tx.selectFrom('user').leftJoin('invitation', 'invitation.userId', 'user.id')
    .select(['secretHash as hash', 'user.emailAddress', 'emailMalformed', 'passwordHash', 'isActive', 'type']).where('user.id', '=', id).forNoKeyUpdate('user').executeTakeFirst() : undefined
  if (!user) throw notFound('user', id)
  const can = user.passwordHash === null && user.isActive && user.type !== 'api' && user.emailAddress !== '' && !user.emailMalformed
  if (!can) throw new AppError('conflict', 'cannotBeInvited', 'Only an active user without a password, who has an address and is no program, can be invited.')
  return user
}

/** Answers whether the user was made for it and never came in by another door: then nobody misses him when he is deleted. */
export async function withdrawInvitation(tx: Tx, id: string, actor: Actor): Promise<{ nobodyMissesHim: boolean }> {
  const { hash, emailAddress, madeUser } = await lockInvitation(tx, id)
  await tx.deleteFrom('invitation').where('userId', '=', id).execute()
  await withdrawSystemMail(tx, invitationPurpose, [hash])
  await audit(tx, actor, 'invitationWithdrawn', { type: 'User', id, name: emailAddress })
  const user = await tx.selectFrom('user').select(['passwordHash', 'lastSignInAt']).where('id', '=', id).executeTakeFirstOrThrow()
  return { nobodyMissesHim: madeUser && user.passwordHash === null && user.lastSignInAt === null }
}

async function mailInvitation(tx: Tx, { id, emailAddress, type, madeUser }: { id: string; emailAddress: string; type: string; madeUser: boolean }, { secrets, actor, now, passwordsForAdministratorsOnly }: Inviting): Promise<Sent> {
  await expectPasswordFor(tx, id, passwordsForAdministratorsOnly, notByPassword)
  const general = await readGeneral(tx)
  const { url, hash } = newLink(general, 'invitation')
  const expiresAt = new Date(now.getTime() + lifetimeDays * 24 * 3600_000)
  const row = { secretHash: hash, emailAddress, userType: type, invitedBy: actor.userId, sentAt: now, expiresAt }
  await tx.insertInto('invitation').values({ ...row, userId: id, madeUser }).onConflict((conflict) => conflict.column('userId').doUpdateSet(row)).execute()
  const { subject, text } = invitationLetter({ url, companyName: general.companyName, invitedBy: await nameOf(tx, actor), days: lifetimeDays })
  await queueSystemMail(tx, { purpose: invitationPurpose, ref: hash, to: { address: emailAddress }, subject, text: '', textSealed: secrets.seal(text), expiresAt }, now)
  return { id, url }
}

const nameOf = async (tx: Tx, { userId, userName }: Actor): Promise<string> =>
  (await tx.selectFrom('user').select(sql<string>`name`.as('name')).where('id', '=', userId).executeTakeFirst())?.name || userName

async function lockInvitation(tx: Tx, id: string): Promise<{ hash: string; emailAddress: string; madeUser: boolean }> {
  const row = isId(id) ? await tx.selectFrom('invitation').innerJoin('user', 'user.id', 'invitation.userId').select(['secretHash as hash', 'user.emailAddress', 'madeUser'])
    .where('userId', '=', id).forUpdate('invitation').executeTakeFirst() : undefined
  if (!row) throw notFound('invitation', id)
  return row
}

const notByPassword = () => new AppError('conflict', 'passwordNotAllowed', 'Passwords are for administrators only here, and an invitation gives one. Make the user under Users: he comes in by single sign-on with his address.')

type Visitor = { token: string; ip: string; passwordsForAdministratorsOnly: PasswordRule }

export const lookAtInvitation = (db: Db, { token, ip, passwordsForAdministratorsOnly }: Visitor, now: Date): Promise<{ userName: string; firstName: string; lastName: string }> =>
  trying(db, [`ip:link:${ip}`], now, async () => {
    const { id, userName, firstName, lastName } = await userOfLink(db, token, now)
    await expectPasswordFor(db, id, passwordsForAdministratorsOnly, passwordNotAllowed)
    return { userName, firstName, lastName }
  })

/** Opens once; answers who is in now. */
export const acceptInvitation = (db: Db, { token, ip, password, passwordsForAdministratorsOnly, ...name }: Visitor & { password: string; firstName: string; lastName: string }, now: Date): Promise<Actor> =>
  trying(db, [`ip:link:${ip}`], now, () => db.transaction().execute(async (tx) => {
    const { id, userName } = await userOfLink(tx, token, now, true)
    // Of two who use the link at once, the second waits here and finds it used.
    const { numDeletedRows } = await tx.deleteFrom('invitation').where('secretHash', '=', hashOf(token)).executeTakeFirst()
    if (numDeletedRows === 0n) throw linkIsOver()
    await expectPasswordFor(tx, id, passwordsForAdministratorsOnly, passwordNotAllowed)
    await writeName(tx, id, name, now)
    await setPassword(tx, id, password)
    const { isActive: _, ...actor } = { ...(await readActor(tx, id))!, via: 'session' as const, ip }
    await audit(tx, actor, 'invitationAccepted', { type: 'User', id, name: userName })
    return actor
  }))

/**
 * Only of whom it was mailed for, as he was then: to his address, as a user of his type, before he came in by another door. `lock`: the
 * user first, as whoever invites him again does.
 */
async function userOfLink(db: Db, token: string, now: Date, lock = false) {
  const found = db.selectFrom('user as u').innerJoin('invitation as i', 'i.userId', 'u.id').select(['u.id', 'u.userName', 'u.firstName', 'u.lastName', 'u.type'])
    .where('i.secretHash', '=', hashOf(token)).where('i.expiresAt', '>', now).where('u.isActive', '=', true).where('u.type', '<>', 'api')
    .whereRef('i.emailAddress', '=', 'u.emailAddress').whereRef('i.userType', '=', 'u.type').where(hasNoWayIn)
  const user = await (lock ? found.forNoKeyUpdate('u') : found).executeTakeFirst()
  if (!user || (user.type === 'admin' && await othersCouldReadMail(db, now))) throw linkIsOver()
  return user
}

/** As they are stored, each once; a fault for each that cannot be mailed or is somebody's already. */
async function checkedAddresses(tx: Tx, given: readonly string[]): Promise<string[]> {
  const read = given.map((text, index) => ({ path: `emailAddresses.${index}`, ...parseAddress(text) }))
  const keys = read.map(({ address }) => addressKey(address))
  const { rows } = await sql<{ key: string }>`
    select lower(user_name) as key from "user" where lower(user_name) = any(${keys}::text[])
     union select email_key from "user" where email_key = any(${keys}::text[])`.execute(tx)
  const known = new Set(rows.map(({ key }) => key))
  const faults = read.flatMap(({ path, address, wellFormed }): Fault[] => {
    if (!wellFormed || address === '') return [{ path, message: `“${address.slice(0, 100)}” is not an email address.` }]
    return known.has(addressKey(address)) ? [{ path, message: taken(address) }] : []
  })
  if (faults.length > 0) throw invalid(faults)
  return read.filter((_, index) => keys.indexOf(keys[index]!) === index).map(({ address }) => address)
}

async function expectThere(tx: Tx, { roleIds, teamIds }: Pick<Invited, 'roleIds' | 'teamIds'>): Promise<void> {
  const [roles, teams] = [await existing(tx, 'role', roleIds), await existing(tx, 'team', teamIds)]
  const missing = (path: string, thing: string, ids: readonly string[], there: Set<string>): Fault[] =>
    ids.filter((id) => !there.has(id.toLowerCase())).map((id) => ({ path, message: `There is no ${thing} ${id.slice(0, 100)}.` }))
  const faults = [...missing('roleIds', 'role', roleIds, roles), ...missing('teamIds', 'team', teamIds, teams)]
  if (faults.length > 0) throw invalid(faults)
}
