/** Mass emails: written, changed, set Pending, duplicated, deleted. What happens once they start is delivery's business. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { allowed } from '../access/row-rights.ts'
import { AppError, type Fault, invalid } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { learnBehind } from './authentication-facts.ts'
import { mailedTypes } from './campaign.ts'
import { lockCampaign } from './campaigns.ts'
import { asFault, expectCampaign, expectMassEmail } from './campaign-rights.ts'
import { expectLists, idsOf, type ListIds, listIdsOf, listsOfCampaigns, listsOfMassEmails, setMassEmailLists } from './lists.ts'
import { isChangeable, isLive, type MassEmailStatus, type Stand, stepTo } from './mass-email.ts'
import { holdInNameOf, schedule } from './schedule.ts'
import { senderFaults } from './sender.ts'
import { sharedAccountFaults } from './shared-accounts.ts'
import { lockMassEmail, takeStep } from './steps.ts'

export type MassEmailInput = {
  name?: string | undefined
  emailTemplateId?: string | null | undefined
  dateStart?: string | null | undefined
  startBy?: string | null | undefined
  status?: MassEmailStatus | undefined
  targetListIds?: string[] | null | undefined
  excludingTargetListIds?: string[] | null | undefined
  accountId?: string | null | undefined
  sharedAccountIds?: string[] | undefined
  fromAddress?: string | undefined
  fromName?: string | undefined
  replyToAddress?: string | undefined
  replyToName?: string | undefined
  optOutEntirely?: boolean | undefined
  storeSentEmails?: boolean | undefined
  override?: string[] | undefined
}

export async function createMassEmail(tx: Tx, actor: Actor, input: MassEmailInput & { campaignId: string }, now: Date): Promise<string> {
  const { campaignId, status = 'draft', name, ...rest } = input
  const campaign = await lockCampaign(tx, campaignId).catch((error) => { throw asFault(error, 'campaignId') })
  await expectCampaign(tx, actor, campaignId, 'edit').catch((error) => { throw asFault(error, 'campaignId') })
  if (!mailedTypes.includes(campaign.type)) {
    throw new AppError('conflict', 'campaignNotMailed', `${campaign.name} is not a campaign of type Email, Newsletter or Informational Email, so it has no mass emails.`)
  }
  const id = newId()
  await tx.insertInto('massEmail').values({
    id, campaignId, name: name ?? campaign.name, createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await changeMassEmail(tx, actor, id, { ...rest, status }, now, () => {}, { isNew: true })
  return id
}

/** Applies the fields, then the status; all or nothing. Throws 409 for a step that is not allowed, and for errors of the pre-flight. */
export async function changeMassEmail(
  tx: Tx, actor: Actor, id: string, change: MassEmailInput, now: Date, expectVersion: (version: number) => void, { isNew = false } = {},
): Promise<void> {
  const row = await lockMassEmail(tx, id)
  await expectMassEmail(tx, actor, id, 'edit')
  expectVersion(row.version)
  const { status: wanted = row.status, targetListIds, excludingTargetListIds, ...fields } = change
  const stand = { status: row.status, frozen: row.frozenAt !== null }
  const step = stepTo(stand, wanted)
  expectChangeable(stand, change)
  const lists = { targetListIds, excludingTargetListIds }
  await expectReferences(tx, actor, row, change, lists)
  // What is pending is changed as a draft, then has to pass again: Pending never lacks anything.
  if (row.status === 'pending') await takeStep(tx, id, 'backToDraft', now)
  await saveLists(tx, row, lists)
  await tx.updateTable('massEmail')
    .set({ ...columnsOf(fields), ...(row.noticeCode === 'preflightFailed' && !isNew && { notice: null, noticeCode: null }), version: isNew ? row.version : row.version + 1, modifiedAt: now, modifiedBy: actor.userId })
    .where('id', '=', id).execute()
  await learnBehind(tx, id, now)
  if (wanted === 'pending') await schedule(tx, actor, row, now)
  else if (row.status === 'paused' && row.frozenAt === null) await holdInNameOf(tx, actor, id, now)
  else if (step === 'backToDraft') await audit(tx, actor, 'massEmailBackToDraft', { type: 'MassEmail', id, name: row.name })
}

/** Once frozen, or over, only the name may change. */
function expectChangeable(stand: Stand, { name: _name, status: _status, ...rest }: MassEmailInput): void {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined).map(([key]) => key)
  if (isChangeable(stand) || given.length === 0) return
  throw new AppError('conflict', 'massEmailFrozen', `What was started stays as it was: ${given.join(', ')} cannot be changed any more.`, { fields: given })
}

const columnsOf = ({ dateStart, startBy, ...fields }: Omit<MassEmailInput, 'status' | 'targetListIds' | 'excludingTargetListIds'>) => ({
  ...fields,
  ...(fields.fromAddress !== undefined && { fromAddress: parseAddress(fields.fromAddress).address }),
  ...(fields.replyToAddress !== undefined && { replyToAddress: parseAddress(fields.replyToAddress).address }),
  ...(dateStart !== undefined && { dateStart: dateStart === null ? null : new Date(dateStart) }),
  ...(startBy !== undefined && { startBy: startBy === null ? null : new Date(startBy) }),
})

type Named = { campaignId: string; emailTemplateId: string | null; accountId: string | null; fromAddress: string; sharedAccountIds: string[] }

/** All faults at once: what is named must be there, addresses must be addresses, and the sender one that this person may use. */
async function expectReferences(tx: Tx, actor: Actor, row: Named, change: MassEmailInput, lists: { targetListIds: string[] | null | undefined; excludingTargetListIds: string[] | null | undefined }) {
  const faults: Fault[] = (['fromAddress', 'replyToAddress'] as const)
    .filter((key) => change[key] !== undefined && !parseAddress(change[key]).wellFormed)
    .map((path) => ({ path, message: 'This is not an email address.' }))
  const { emailTemplateId, accountId } = change
  if (emailTemplateId && emailTemplateId !== row.emailTemplateId && !(await isThere(tx, sql`
    select 1 from email_template t where t.id = ${emailTemplateId} and t.deleted_at is null and ${allowed(actor, 'EmailTemplate', 'read', 't')}`, emailTemplateId))) {
    faults.push({ path: 'emailTemplateId', message: 'There is no such email template.' })
  }
  if (accountId && !(await isThere(tx, sql`select 1 from outbound_account where id = ${accountId} and removed_at is null`, accountId))) {
    faults.push({ path: 'accountId', message: 'There is no such outbound account.' })
  }
  if (faults.length === 0) faults.push(...await senderFaults(tx, actor, row, change), ...await sharedAccountFaults(tx, actor, row, change))
  if (faults.length > 0) throw invalid(faults)
  await expectLists(tx, actor, lists, await listIdsOf(tx, row.campaignId))
}

const isThere = async (db: Db, query: ReturnType<typeof sql>, id: string) => isId(id) && (await query.execute(db)).rows.length > 0

/** Either kind given makes the lists the mass email's own, the other kind being taken from what counted so far; null goes back to the campaign's. */
async function saveLists(tx: Tx, { id, campaignId }: { id: string; campaignId: string }, given: { [Key in keyof ListIds]: string[] | null | undefined }) {
  const { targetListIds, excludingTargetListIds } = given
  if (targetListIds === undefined && excludingTargetListIds === undefined) return
  if (targetListIds === null && !excludingTargetListIds) return setMassEmailLists(tx, id, null)
  const before = idsOf((await listsOfMassEmails(tx, [id])).get(id)!)
  const ofCampaign = idsOf((await listsOfCampaigns(tx, [campaignId])).get(campaignId)!)
  await setMassEmailLists(tx, id, {
    targetListIds: targetListIds === null ? ofCampaign.targetListIds : targetListIds ?? before.targetListIds,
    excludingTargetListIds: excludingTargetListIds === null ? ofCampaign.excludingTargetListIds : excludingTargetListIds ?? before.excludingTargetListIds,
  })
}

/** Out of sight; what is unsent is canceled, and what recipients' links need stays. */
export async function removeMassEmail(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { name, status } = await lockMassEmail(tx, id)
  await expectMassEmail(tx, actor, id, 'delete')
  if (isLive(status)) await takeStep(tx, id, 'cancel', now)
  await tx.updateTable('massEmail').set({ deletedAt: now, modifiedAt: now, modifiedBy: actor.userId }).where('id', '=', id).execute()
  await audit(tx, actor, 'massEmailDeleted', { type: 'MassEmail', id, name })
}

/** A draft with the same template, lists and sender; nobody has got it yet. */
export async function duplicateMassEmail(tx: Tx, actor: Actor, id: string, name: string | undefined, now: Date): Promise<string> {
  const original = await lockMassEmail(tx, id)
  const { ownTargetLists, ...lists } = (await listsOfMassEmails(tx, [id])).get(id)!
  const copyId = newId()
  await tx.insertInto('massEmail').values({
    id: copyId, campaignId: original.campaignId, name: name ?? `${original.name} (copy)`, emailTemplateId: original.emailTemplateId,
    accountId: original.accountId, sharedAccountIds: original.sharedAccountIds, fromAddress: original.fromAddress, fromName: original.fromName,
    replyToAddress: original.replyToAddress, replyToName: original.replyToName,
    optOutEntirely: original.optOutEntirely, storeSentEmails: original.storeSentEmails,
    createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  if (ownTargetLists) await setMassEmailLists(tx, copyId, idsOf(lists))
  return copyId
}
