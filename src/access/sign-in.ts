/** Signing in by password and second factor, with back-off: each failure for a name or an address makes the next try wait longer. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Actor } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { passwordMatches } from './passwords.ts'
import { type CodeKind, readSecondFactor, takeCode } from './second-factor.ts'

/** Tries that cost nothing; from then on the wait doubles from one second to a quarter of an hour. Behind one address a whole office may sign in at nine. */
const freeTries = sql`case when f.scope like 'ip:%' then 20 else 5 end`
const longestWaitMs = 15 * 60_000
const forgottenAfterMs = 60 * 60_000

/** Whether everybody but administrators has to come in by single sign-on, which access does not know. */
export type PasswordRule = (db: Db) => Promise<boolean>
export const passwordNotAllowed = () => new AppError('forbidden', 'passwordNotAllowed', 'Passwords are for administrators only here. Use the button of single sign-on.')

export type Given = { userName: string; password: string; code?: string | undefined; ip: string }

/** Who comes in, and by which code. That there is a second factor is told only to whoever knows the password. */
export async function signIn({ db, secrets }: { db: Db; secrets: Secrets }, given: Given, now: Date): Promise<{ actor: Actor; by: CodeKind | null }> {
  const actor = await checkPassword(db, given, now)
  if (!(await readSecondFactor(db, actor.userId)).on) return { actor, by: null }
  const { code } = given
  if (code === undefined) throw new AppError('unauthenticated', 'secondFactorNeeded', 'Enter the code that your authenticator app shows, or a recovery code.')
  return { actor, by: await tryingCode(db, actor.userId, now, () => takeCode(db, secrets, actor.userId, code, now)) }
}

/** Six digits are guessed quickly where guessing is free. */
export const tryingCode = <Result>(db: Db, userId: string, now: Date, check: () => Promise<Result>): Promise<Result> => trying(db, [`code:${userId}`], now, check)

/** One's own password, once more, before what could shut its owner out: whoever found a browser signed in must not guess it by that. */
export const confirmPassword = (db: Db, userId: string, { field, password }: { field: string; password: string }, now: Date): Promise<void> =>
  trying(db, [`password:${userId}`], now, async () => {
    const { passwordHash } = await db.selectFrom('user').select('passwordHash').where('id', '=', userId).executeTakeFirstOrThrow()
    if (await passwordMatches(password, passwordHash)) return
    throw new AppError('invalid', 'passwordWrong', 'The password is wrong.', { errors: [{ path: field, message: 'This is not your password.' }] })
  })

/** As a name is looked up: blanks around it make no other name, nor new free tries. */
const nameScope = (name: string) => `name:${name.trim().toLowerCase()}`

/** Whoever has a new password signs in with it at once, however often others were tried. */
export const forgetWrongPasswords = (db: Db, { userName, emailAddress }: { userName: string; emailAddress: string }) => forgetTries(db, [userName, emailAddress].map(nameScope))

/** Counts a try before its check, and forgets all of them when it succeeds. */
export async function trying<Result>(db: Db, scopes: readonly string[], now: Date, check: () => Promise<Result>): Promise<Result> {
  await beginTry(db, scopes, now)
  const result = await check()
  await forgetTries(db, scopes)
  return result
}

/** The user, or one and the same error for a wrong name, a wrong password and an inactive user. */
const checkPassword = (db: Db, given: Given, now: Date): Promise<Actor> =>
  trying(db, [nameScope(given.userName), `ip:${given.ip}`], now, async () => {
    const user = await findByName(db, given.userName)
    const right = await passwordMatches(given.password, user?.passwordHash ?? null)
    if (!right || !user?.isActive || user.type === 'api') throw new AppError('unauthenticated', 'signInRefused', 'User name or password is wrong.')
    return actorOf(user, 'session', given.ip)
  })

/** People sign in by user name or by address. */
export const findByName = (db: Db, name: string) =>
  db.selectFrom('user').select(['id', 'userName', 'emailAddress', 'emailMalformed', 'type', 'isActive', 'passwordHash', 'secondFactorSince', 'teamIds', rolesOfUser.as('roles')])
    .where((eb) => eb.or([eb(sql`lower(user_name)`, '=', name.trim().toLowerCase()), eb('emailKey', '=', name.trim().toLowerCase())]))
    .orderBy(sql`lower(user_name) = ${name.trim().toLowerCase()}`, 'desc').limit(1).executeTakeFirst()

/** Counted before the password is looked at: a hundred tries at once are a hundred tries. One that comes too soon is refused, and not counted. */
export const beginTry = (db: Db, scopes: readonly string[], now: Date): Promise<void> => db.transaction().execute(async (tx) => {
  // In one order, so that two who try at once wait for each other and never both.
  for (const scope of [...scopes].sort()) {
    const { rows } = await sql`
      insert into sign_in_failure as f (scope, failures, last_at) values (${scope}, 1, ${now})
      on conflict (scope) do update set last_at = ${now}, failures = case when f.last_at < ${new Date(now.getTime() - forgottenAfterMs)} then 1 else f.failures + 1 end
       where f.last_at + ${waitAfter} <= ${now}
      returning scope`.execute(tx)
    if (rows.length === 0) throw await tooSoon(tx, scope, now)
  }
})

/** The tries before a right password are no failures any more. */
export const forgetTries = (db: Db, scopes: readonly string[]) => db.deleteFrom('signInFailure').where('scope', 'in', [...scopes]).execute()

const waitAfter = sql`case when f.failures < ${freeTries} then interval '0' else make_interval(secs => least(${longestWaitMs / 1000}, 2.0 ^ (f.failures - ${freeTries}))) end`

async function tooSoon(tx: Tx, scope: string, now: Date): Promise<AppError> {
  const { rows: [row] } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from f.last_at + ${waitAfter} - ${now}::timestamptz))::int as seconds from sign_in_failure f where scope = ${scope}`.execute(tx)
  const seconds = Math.max(1, row?.seconds ?? 1)
  return new AppError('tooMany', 'signInTooOften', `Too many tries. Try again in ${seconds} seconds.`, { retryAfterSeconds: seconds })
}
