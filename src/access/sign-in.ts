/** Signing in by password, with back-off: each failure for a name or an address makes the next try wait longer. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Actor } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { passwordMatches } from './passwords.ts'

/** Tries that cost nothing; from then on the wait doubles from one second to a quarter of an hour. */
const freeTries = 5
const longestWaitMs = 15 * 60_000
const forgottenAfterMs = 60 * 60_000

/** The user, or one and the same error for a wrong name, a wrong password and an inactive user. */
export async function checkPassword(db: Db, given: { userName: string; password: string; ip: string }, now: Date): Promise<Actor> {
  const scopes = [`name:${given.userName.toLowerCase()}`, `ip:${given.ip}`]
  await refuseTooSoon(db, scopes, now)
  const user = await findByName(db, given.userName)
  const right = await passwordMatches(given.password, user?.passwordHash ?? null)
  if (!right || !user?.isActive || user.type === 'api') {
    await noteFailure(db, scopes, now)
    throw new AppError('unauthenticated', 'signInRefused', 'User name or password is wrong.')
  }
  await db.deleteFrom('signInFailure').where('scope', 'in', scopes).execute()
  return actorOf(user, 'session', given.ip)
}

/** People sign in by user name or by address. */
const findByName = (db: Db, name: string) =>
  db.selectFrom('user').select(['id', 'userName', 'type', 'isActive', 'passwordHash', 'teamIds', rolesOfUser.as('roles')])
    .where((eb) => eb.or([eb(sql`lower(user_name)`, '=', name.trim().toLowerCase()), eb('emailKey', '=', name.trim().toLowerCase())]))
    .orderBy(sql`lower(user_name) = ${name.trim().toLowerCase()}`, 'desc').limit(1).executeTakeFirst()

async function refuseTooSoon(db: Db, scopes: string[], now: Date) {
  const rows = await db.selectFrom('signInFailure').select(['failures', 'lastAt']).where('scope', 'in', scopes).execute()
  const waitMs = Math.max(0, ...rows.map(({ failures, lastAt }) => lastAt.getTime() + waitAfter(failures) - now.getTime()))
  if (waitMs > 0) {
    throw new AppError('tooMany', 'signInTooOften', `Too many tries. Try again in ${Math.ceil(waitMs / 1000)} seconds.`, { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  }
}

const waitAfter = (failures: number) => (failures < freeTries ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (failures - freeTries)))

async function noteFailure(db: Db, scopes: string[], now: Date) {
  const forgotten = new Date(now.getTime() - forgottenAfterMs)
  for (const scope of scopes) {
    await db.insertInto('signInFailure').values({ scope, failures: 1, lastAt: now })
      .onConflict((conflict) => conflict.column('scope').doUpdateSet({
        failures: sql`case when sign_in_failure.last_at < ${forgotten} then 1 else sign_in_failure.failures + 1 end`, lastAt: now,
      })).execute()
  }
}
