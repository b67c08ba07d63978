/** From a row of a user to who acts, with the rights of all the user's roles: read together, so that a request costs no query more. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { type Rights, widest } from './rights.ts'

export type ActorRow = { id: string; userName: string; type: string; teamIds: string[]; roles: Rights[] | null }

/** To be selected beside `user.id`, `user.userName`, `user.type` and `user.teamIds`. */
export const rolesOfUser: RawBuilder<Rights[] | null> = sql`(
  select jsonb_agg(jsonb_build_object('types', role.types, 'otherTypes', role.other_types, 'permissions', role.permissions, 'sendNeedsApproval', role.send_needs_approval))
    from role where role.id = any("user".role_ids))`

export const actorOf = ({ id, userName, type, teamIds, roles }: ActorRow, via: Actor['via'], ip: string): Actor =>
  ({ userId: id, userName, type: type as Actor['type'], via, ip, teamIds, rights: widest(roles ?? []) })

/** Somebody who is not here now: the author of a mass email, whoever started a background task. Also of inactive users; null when gone. */
export async function readActor(db: Db, userId: string): Promise<(Actor & { isActive: boolean }) | null> {
  if (!isId(userId)) return null
  const row = await db.selectFrom('user').select(['id', 'userName', 'type', 'teamIds', 'isActive', rolesOfUser.as('roles')])
    .where('id', '=', userId).executeTakeFirst()
  return row ? { ...actorOf(row, 'system', ''), isActive: row.isActive } : null
}

/** The same person with today's rights: a background task must not go on with those of its start. A key stays inside its scopes. */
export async function withPresentRights(db: Db, actor: Actor): Promise<Actor> {
  if (actor.via === 'system') return actor
  const present = await readActor(db, actor.userId)
  if (!present?.isActive) return { ...actor, type: 'regular', rights: widest([]), teamIds: [] }
  const { isActive: _, ...now } = present
  return { ...now, via: actor.via, ip: actor.ip, ...(actor.scopes && { scopes: actor.scopes }) }
}
