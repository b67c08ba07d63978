/** Campaigns: created, changed, deleted. */
import { isDeepStrictEqual } from 'node:util'
import { type Actor, expectMayCreate } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { teamFaults, userFaults } from '../access/owners.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { CampaignStatus, CampaignType } from './campaign.ts'
import { expectCampaign, expectMaySend } from './campaign-rights.ts'
import { expectLists, idsOf, listIdsOf, listsOfCampaigns, setCampaignLists } from './lists.ts'
import { scheduleAnew, waitsForActive } from './schedule.ts'
import { cancelLive } from './steps.ts'

export type CampaignInput = {
  name?: string | undefined
  type?: CampaignType | undefined
  status?: CampaignStatus | undefined
  description?: string | undefined
  startDate?: string | null | undefined
  endDate?: string | null | undefined
  trackAllLinks?: boolean | undefined
  targetListIds?: string[] | undefined
  excludingTargetListIds?: string[] | undefined
  assignedUserId?: string | null | undefined
  teamIds?: string[] | undefined
}

/** Locked for the caller. One that was deleted is not found. */
export async function lockCampaign(tx: Tx, id: string) {
  const row = isId(id)
    ? await tx.selectFrom('campaign').selectAll().where('id', '=', id).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound('campaign', id)
  return row
}

export async function createCampaign(tx: Tx, actor: Actor, input: CampaignInput & { name: string }, now: Date): Promise<string> {
  expectMayCreate(actor, 'Campaign')
  const { targetListIds = [], excludingTargetListIds = [], ...fields } = input
  await expectValid(tx, actor, input, { listIds: [], teamIds: [] })
  const id = newId()
  await tx.insertInto('campaign').values({
    assignedUserId: actor.userId, ...fields, id, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await setCampaignLists(tx, id, { targetListIds, excludingTargetListIds })
  return id
}

/** The type is fixed once there is a mass email: what people were told when they opted out depends on it. */
export async function changeCampaign(
  tx: Tx, actor: Actor, id: string, change: CampaignInput, now: Date, expectVersion: (version: number) => void,
): Promise<void> {
  const row = await lockCampaign(tx, id)
  await expectCampaign(tx, actor, id, 'edit')
  expectVersion(row.version)
  const { targetListIds, excludingTargetListIds, ...fields } = change
  await expectValid(tx, actor, change, { listIds: await listIdsOf(tx, id), teamIds: row.teamIds })
  if (change.type !== undefined && change.type !== row.type && (await hasMassEmail(tx, id))) {
    throw new AppError('conflict', 'typeFixed', 'The type of a campaign is fixed once it has a mass email. Duplicate the campaign and choose the type there.')
  }
  await tx.updateTable('campaign')
    .set({ ...fields, version: row.version + 1, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  const before = await listsOf(tx, id)
  await setCampaignLists(tx, id, { ...(targetListIds && { targetListIds }), ...(excludingTargetListIds && { excludingTargetListIds }) })
  if (!isDeepStrictEqual(await listsOf(tx, id), before)) await scheduleAnew(tx, actor, id, now)
  if (change.status && change.status !== row.status) {
    if (change.status === 'active' && (await waitsForActive(tx, id))) expectMaySend(actor, row.type)
    await audit(tx, actor, 'campaignStatusChanged', { type: 'Campaign', id, name: row.name, detail: { from: row.status, to: change.status } })
  }
}

const listsOf = async (tx: Tx, id: string) => idsOf((await listsOfCampaigns(tx, [id])).get(id)!)

/** Out of sight; what is unsent is canceled, and what recipients' links need stays. */
export async function removeCampaign(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { name } = await lockCampaign(tx, id)
  await expectCampaign(tx, actor, id, 'delete')
  const canceled = await cancelLive(tx, id, now)
  await tx.updateTable('massEmail').set({ deletedAt: now }).where('campaignId', '=', id).where('deletedAt', 'is', null).execute()
  await tx.updateTable('campaign').set({ deletedAt: now, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await audit(tx, actor, 'campaignDeleted', { type: 'Campaign', id, name, detail: { canceled } })
}

const hasMassEmail = async (db: Db, campaignId: string) =>
  (await db.selectFrom('massEmail').select('id').where('campaignId', '=', campaignId).where('deletedAt', 'is', null).limit(1).execute()).length > 0

/** `kept`: what it has already stays, also lists that this person may not read, and teams that are gone. */
async function expectValid(tx: Tx, actor: Actor, { assignedUserId, teamIds, startDate, endDate, ...lists }: CampaignInput, kept: { listIds: string[]; teamIds: string[] }): Promise<void> {
  const faults = [...await teamFaults(tx, teamIds, kept.teamIds), ...await userFaults(tx, 'assignedUserId', assignedUserId)]
  if (startDate && endDate && endDate < startDate) faults.push({ path: 'endDate', message: 'The end lies before the start.' })
  if (faults.length > 0) throw invalid(faults)
  await expectLists(tx, actor, lists, kept.listIds)
}
