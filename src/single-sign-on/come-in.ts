/** Signing in by the provider: out to it, and back with its answer. Whatever is not entirely right ends in a refusal, with the reason in the audit log only. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { createRegularUser } from '../access/new-user.ts'
import { beginSession, type Session } from '../access/sessions.ts'
import { beginTry, forgetTries } from '../access/sign-in.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Attempt, beginAttempt, readAttempt, useOnce } from './attempt.ts'
import type { Refusal } from './contract.ts'
import { findByAddress, findLinked, link, seen } from './identities.ts'
import { type Claims, type Decision, judge } from './judge.ts'
import { discover, whatWentWrong, whereToSend, whoCame } from './provider.ts'
import { readSettings, redirectUri, type Settings } from './settings.ts'

type Visitor = { db: Db; secrets: Secrets; now: Date; visit: { ip: string; userAgent: string } }

export type Refused = { refusal: Refusal }

/** Where the browser goes now, and what it keeps until it is back. */
export async function goOut({ db, secrets, now, visit }: Visitor, to: string): Promise<{ url: string; attempt: Attempt } | Refused> {
  const settings = await readSettings(db)
  if (!settings.active) return { refusal: 'switchedOff' }
  if (await isTooOften(db, visit.ip, now)) return { refusal: 'tooOften' }
  try {
    const attempt = beginAttempt(to, now)
    return { url: await whereToSend(await discover(secrets, settings), await redirectUri(db), attempt), attempt }
  } catch (error) {
    return refuse(db, visit.ip, { refusal: 'unreachable', why: whatWentWrong(error) })
  }
}

/** `search` is what the provider sent back along with the browser, `cookie` what the browser kept. */
export async function comeBack({ db, secrets, now, visit }: Visitor, { search, cookie }: { search: URLSearchParams; cookie: string | undefined }): Promise<{ session: Session; to: string } | (Refused & { to?: string })> {
  const settings = await readSettings(db)
  if (!settings.active) return { refusal: 'switchedOff' }
  const attempt = readAttempt(secrets, cookie, search.get('state'), now)
  if (!attempt || !(await useOnce(db, attempt))) {
    if (await isTooOften(db, visit.ip, now)) return { refusal: 'tooOften' }
    return refuse(db, visit.ip, { refusal: 'expired', why: attempt ? 'The state was used before.' : 'The state is not the one of this browser, or too old.' })
  }
  const { to } = attempt
  let claims: Claims
  try {
    claims = await whoCame(await discover(secrets, settings), new URL(`?${search}`, await redirectUri(db)), attempt)
  } catch (error) {
    return { ...await refuse(db, visit.ip, { refusal: 'refusedThere', why: whatWentWrong(error) }), to }
  }
  const answer = await db.transaction().execute((tx) => admit(tx, settings, claims, visit, now))
  if ('refusal' in answer) return { ...await refuse(db, visit.ip, answer, claims), to }
  await forgetTries(db, [scopeOf(visit.ip)])
  return { session: answer.session, to }
}

async function admit(tx: Tx, settings: Settings, claims: Claims, visit: Visitor['visit'], now: Date): Promise<{ session: Session } | Extract<Decision, Refused>> {
  // Two who come at once with one address: the second finds what the first one made.
  await sql`select pg_advisory_xact_lock(hashtext('tidings.single-sign-on'))`.execute(tx)
  const decision = judge(settings, claims, await findLinked(tx, claims), await findByAddress(tx, claims))
  if ('refusal' in decision) return decision
  const userId = 'letIn' in decision ? decision.letIn : 'link' in decision ? decision.link : await createUser(tx, settings, claims)
  if (userId === null) return { refusal: 'notLetIn', why: 'Another user has this address as his user name.' }
  if ('letIn' in decision) await seen(tx, claims, now)
  else await link(tx, claims, userId, now)
  const actor: Actor = { ...(await readActor(tx, userId))!, via: 'session', ip: visit.ip }
  const about = { type: 'User', id: userId, name: actor.userName }
  if ('create' in decision) await audit(tx, actor, 'userCreated', { ...about, detail: { how: 'singleSignOn', roleIds: settings.roleIds, teamIds: settings.teamIds } })
  if ('link' in decision) await audit(tx, actor, 'singleSignOnLinked', { ...about, detail: { issuer: claims.issuer, subject: claims.subject } })
  await audit(tx, actor, 'signedIn', { ...about, detail: { how: 'singleSignOn', issuer: claims.issuer } })
  return { session: await beginSession(tx, userId, { ...visit, cameBy: 'singleSignOn' }, now) }
}

/** Null where somebody has the address as his user name, who has another address. */
async function createUser(tx: Tx, { roleIds, teamIds }: Settings, { emailAddress, firstName, lastName }: Claims): Promise<string | null> {
  const taken = await tx.selectFrom('user').select('id').where(sql`lower(user_name)`, '=', emailAddress.toLowerCase()).executeTakeFirst()
  return taken ? null : createRegularUser(tx, { emailAddress, firstName, lastName, roleIds, teamIds })
}

/** For whoever looks why somebody stands before the door. */
async function refuse(db: Db, ip: string, { refusal, why }: { refusal: Refusal; why: string }, claims?: Claims): Promise<Refused> {
  await audit(db, nobody(ip), 'signInRefused', {
    type: 'User', ...(claims?.emailAddress && { name: claims.emailAddress }), detail: { how: 'singleSignOn', refusal, why, ...(claims && { issuer: claims.issuer, subject: claims.subject }) },
  })
  return { refusal }
}

const nobody = (ip: string): Actor => ({ userId: '', userName: '', type: 'regular', via: 'system', ip })

/** Each way out asks the provider, and each wrong way back writes a line: from one address not without end. Its tries are not those of passwords. */
async function isTooOften(db: Db, ip: string, now: Date): Promise<boolean> {
  try {
    await beginTry(db, [scopeOf(ip)], now)
    return false
  } catch (error) {
    if (error instanceof AppError && error.kind === 'tooMany') return true
    throw error
  }
}

const scopeOf = (ip: string) => `ip:single-sign-on:${ip}`
