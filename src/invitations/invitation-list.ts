/** Open invitations as a list, each with what became of its mail. */
import { sql } from 'kysely'
import type { Listable } from '../listing/listable.ts'
import { listPage, readItems } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import type { Invitation } from './contract.ts'
import { invitationPurpose } from './invitations.ts'
import { hasNoWayIn } from './open.ts'

const invitations: Listable = {
  from: sql`invitation i join "user" u on u.id = i.user_id left join system_mail m on m.purpose = ${sql.lit(invitationPurpose)} and m.ref = i.secret_hash`,
  where: hasNoWayIn,
  id: sql`i.user_id`,
  columns: {
    id: { type: 'link', sql: sql`i.user_id` },
    emailAddress: { type: 'email', sql: sql`i.email_address` },
    roleIds: { type: 'linkMultiple', sql: sql`u.role_ids` },
    teamIds: { type: 'linkMultiple', sql: sql`u.team_ids` },
    invitedByName: { type: 'text', sql: sql`coalesce((select name from "user" b where b.id = i.invited_by), '')` },
    sentAt: { type: 'dateTime', sql: sql`i.sent_at`, notNull: true },
    expiresAt: { type: 'dateTime', sql: sql`i.expires_at`, notNull: true },
    mailStatus: { type: 'enum', sql: sql`coalesce(m.status, 'sent')` },
    mailReply: { type: 'text', sql: sql`coalesce(m.reply, '')` },
  },
  search: [sql`i.email_address`],
  defaultSort: '-sentAt',
}

export const invitationsPage = (db: Db, query: ListQuery, now: Date) => listPage(db, invitations, query, { now, timeZone: 'UTC' })

export async function presentInvitations(db: Db, ids: readonly string[]): Promise<Invitation[]> {
  return await readItems(db, invitations, sql<boolean>`i.user_id = any(${ids}::uuid[])`) as Invitation[]
}

export async function presentInvitation(db: Db, id: string): Promise<Invitation> {
  const [item] = await presentInvitations(db, [id])
  if (!item) throw notFound('invitation', id)
  return item
}
