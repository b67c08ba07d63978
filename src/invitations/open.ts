/** Whether an invitation is still one, and whether mail may let somebody in at all. */
import { sql } from 'kysely'
import { isAdministrator } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import type { PasswordRule } from '../access/sign-in.ts'
import type { Db } from '../platform/db.ts'
import type { AppError } from '../platform/errors.ts'

/** Over a user `u` and his invitation `i`: nobody came in since by another door, which would be his alone. */
export const hasNoWayIn = sql<boolean>`u.password_hash is null and u.second_factor_since is null and (u.last_sign_in_at is null or u.last_sign_in_at < i.sent_at)`

/**
 * Whoever administers without being of type admin can have mail leave by a server of his own, as can an admin's key that changes settings
 * and no users: they would raise their rights by the mail of an admin.
 */
export async function othersCouldReadMail(db: Db, now: Date): Promise<boolean> {
  const { rows: [row] } = await sql<{ could: boolean }>`
    select exists (select from "user" u join role r on r.id = any(u.role_ids) where u.is_active and u.type <> 'admin' and 'administer' = any(r.permissions))
        or exists (select from api_key k join "user" u on u.id = k.user_id where u.is_active and u.type = 'admin' and (k.expires_at is null or k.expires_at > ${now})
                      and 'settings:write' = any(k.scopes) and not k.scopes && array['users:write', 'all:write']) as could`.execute(db)
  return row!.could
}

/** Where passwords are for administrators only, mail gives nobody else one. */
export async function expectPasswordFor(db: Db, userId: string, forAdministratorsOnly: PasswordRule, refusal: () => AppError): Promise<void> {
  if (!(await forAdministratorsOnly(db))) return
  const user = await readActor(db, userId)
  if (!user || !isAdministrator(user)) throw refusal()
}
