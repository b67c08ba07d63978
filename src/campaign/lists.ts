/** Which target lists a campaign and its mass emails have, in their order. A mass email without lists of its own has the campaign's. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db, Tx } from '../platform/db.ts'
import { type Fault, invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'

export type Named = { id: string; name: string }
export type Lists = { targetLists: Named[]; excludingTargetLists: Named[] }
export type MassEmailLists = Lists & { ownTargetLists: boolean }
export type ListIds = { targetListIds: string[]; excludingTargetListIds: string[] }

type Row = { ownerId: string; id: string; name: string; excluding: boolean; own: boolean }

/** A deleted list is still excluded: nobody gets a mail because a list was put away. */
const inForce = sql`(l.deleted_at is null or x.excluding)`

export async function listsOfCampaigns(db: Db, campaignIds: readonly string[]): Promise<Map<string, Lists>> {
  const { rows } = await sql<Row>`
    select x.campaign_id as owner_id, l.id, l.name, x.excluding, false as own
      from campaign_target_list x join target_list l on l.id = x.target_list_id
     where x.campaign_id = any(${campaignIds}::uuid[]) and ${inForce} order by x.position`.execute(db)
  return grouped(campaignIds, rows)
}

/** What a mass email was frozen with stays, whatever becomes of the lists. */
export async function listsOfMassEmails(db: Db, massEmailIds: readonly string[]): Promise<Map<string, MassEmailLists>> {
  const { rows } = await sql<Row>`
    select m.id as owner_id, l.id, l.name, x.excluding, x.own
      from mass_email m, lateral (
             select target_list_id, excluding, position, true as own from mass_email_target_list where mass_email_id = m.id
             union all
             select target_list_id, excluding, position, false from campaign_target_list
              where campaign_id = m.campaign_id and not exists (select from mass_email_target_list where mass_email_id = m.id)) x
      join target_list l on l.id = x.target_list_id
     where m.id = any(${massEmailIds}::uuid[]) and (m.frozen_at is not null or ${inForce}) order by x.position`.execute(db)
  return grouped(massEmailIds, rows)
}

function grouped(ownerIds: readonly string[], rows: readonly Row[]): Map<string, MassEmailLists> {
  const named = (of: Row[]) => of.map(({ id, name }) => ({ id, name }))
  return new Map(ownerIds.map((ownerId) => {
    const own = rows.filter((row) => row.ownerId === ownerId)
    return [ownerId, {
      targetLists: named(own.filter(({ excluding }) => !excluding)),
      excludingTargetLists: named(own.filter(({ excluding }) => excluding)),
      ownTargetLists: own.some((row) => row.own),
    }]
  }))
}

export const idsOf = ({ targetLists, excludingTargetLists }: Lists): ListIds =>
  ({ targetListIds: targetLists.map(({ id }) => id), excludingTargetListIds: excludingTargetLists.map(({ id }) => id) })

/** Only what is given is replaced. */
export async function setCampaignLists(tx: Tx, campaignId: string, { targetListIds, excludingTargetListIds }: Partial<ListIds>): Promise<void> {
  for (const [ids, excluding] of [[targetListIds, false], [excludingTargetListIds, true]] as const) {
    if (!ids) continue
    await tx.deleteFrom('campaignTargetList').where('campaignId', '=', campaignId).where('excluding', '=', excluding).execute()
    await sql`insert into campaign_target_list (campaign_id, target_list_id, excluding, position)
              select ${campaignId}::uuid, id, ${excluding}, position from (${inOrder(ids)}) given`.execute(tx)
  }
}

/** Null: the campaign's lists count. */
export async function setMassEmailLists(tx: Tx, massEmailId: string, lists: ListIds | null): Promise<void> {
  await tx.deleteFrom('massEmailTargetList').where('massEmailId', '=', massEmailId).execute()
  if (!lists) return
  for (const [ids, excluding] of [[lists.targetListIds, false], [lists.excludingTargetListIds, true]] as const) {
    await sql`insert into mass_email_target_list (mass_email_id, target_list_id, excluding, position)
              select ${massEmailId}::uuid, id, ${excluding}, position from (${inOrder(ids)}) given`.execute(tx)
  }
}

/** Each id once, at its first place. */
const inOrder = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`select id, min(n) as position from unnest(${ids}::uuid[]) with ordinality as listed (id, n) group by id`

/** Every list of a campaign and of its mass emails. */
export async function listIdsOf(db: Db, campaignId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select target_list_id as id from campaign_target_list where campaign_id = ${campaignId}::uuid
    union select l.target_list_id from mass_email_target_list l join mass_email m on m.id = l.mass_email_id where m.campaign_id = ${campaignId}::uuid`.execute(db)
  return rows.map(({ id }) => id)
}

type GivenLists = { targetListIds?: readonly string[] | null | undefined; excludingTargetListIds?: readonly string[] | null | undefined }

/** Throws 400 naming every id that is no target list which this person may read, or which is `known` to be used already. */
export async function expectLists(db: Db, actor: Actor, lists: GivenLists, known: readonly string[]): Promise<void> {
  const given = (['targetListIds', 'excludingTargetListIds'] as const).flatMap((key) => (lists[key] ?? []).map((id, index) => ({ id, path: `${key}.${index}` })))
  if (given.length === 0) return
  const { rows } = await sql<{ id: string }>`
    select l.id from target_list l
     where l.deleted_at is null and l.id = any(${given.map(({ id }) => id).filter(isId)}::uuid[])
       and (${allowed(actor, 'TargetList', 'read', 'l')} or l.id = any(${known}::uuid[]))`.execute(db)
  const there = new Set(rows.map(({ id }) => id))
  const faults: Fault[] = given.filter(({ id }) => !there.has(id)).map(({ path }) => ({ path, message: 'There is no such target list.' }))
  if (faults.length > 0) throw invalid(faults)
}

/** The lists of one mass email and whether opt-outs count: what its audience is computed from. */
export async function audienceOf(db: Db, massEmailId: string): Promise<ListIds & { informational: boolean }> {
  const row = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select('campaign.type').where('massEmail.id', '=', massEmailId).executeTakeFirst()
  if (!row) throw notFound('mass email', massEmailId)
  const lists = await listsOfMassEmails(db, [massEmailId])
  return { ...idsOf(lists.get(massEmailId)!), informational: row.type === 'informationalEmail' }
}
