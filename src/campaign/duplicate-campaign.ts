/** A campaign once more: lists, links and drafts of its mass emails, whose templates lead to the new links. */
import { sql } from 'kysely'
import { type Actor, expectMayCreate } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { changeTemplate, duplicateTemplate } from '../content/templates.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { expectCampaign } from './campaign-rights.ts'
import { lockCampaign } from './campaigns.ts'
import { idsOf, type ListIds, listsOfCampaigns, listsOfMassEmails, setCampaignLists } from './lists.ts'
import { duplicateMassEmail } from './mass-emails.ts'
import { copyTrackingUrls } from './tracking-urls.ts'

/** Which code stands in the copy for which of the original. */
export type Replacement = { from: string; to: string }

export async function duplicateCampaign(
  tx: Tx, actor: Actor, id: string, name: string | undefined, now: Date,
): Promise<{ id: string; trackingUrls: Replacement[] }> {
  const { type, description, trackAllLinks, teamIds, ...original } = await lockCampaign(tx, id)
  await expectCampaign(tx, actor, id, 'read')
  expectMayCreate(actor, 'Campaign')
  const lists = idsOf((await listsOfCampaigns(tx, [id])).get(id)!)
  await expectReadableParts(tx, actor, id, lists)
  const copyId = newId()
  await tx.insertInto('campaign').values({
    id: copyId, name: name ?? `${original.name} (copy)`, type, description, trackAllLinks, assignedUserId: actor.userId, teamIds,
    createdAt: now, createdBy: actor.userId, modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await setCampaignLists(tx, copyId, lists)
  const trackingUrls = await copyTrackingUrls(tx, actor, id, copyId, now)
  await copyMassEmails(tx, actor, { fromId: id, toId: copyId, replacements: trackingUrls }, now)
  return { id: copyId, trackingUrls }
}

/**
 * The copy belongs to whoever makes it, and what he may not read cannot be his. Leaving it out would be worse than refusing: without
 * one of its excluding lists a campaign mails those whom it must not.
 */
async function expectReadableParts(tx: Tx, actor: Actor, id: string, ofCampaign: ListIds): Promise<void> {
  const massEmails = await tx.selectFrom('massEmail').select(['id', 'emailTemplateId']).where('campaignId', '=', id).where('deletedAt', 'is', null).execute()
  const lists = [ofCampaign, ...[...(await listsOfMassEmails(tx, massEmails.map((massEmail) => massEmail.id))).values()].map(idsOf)]
  const parts = [
    ['target list', await unreadable(tx, actor, 'TargetList', lists.flatMap(({ targetListIds }) => targetListIds))],
    ['excluding target list', await unreadable(tx, actor, 'TargetList', lists.flatMap(({ excludingTargetListIds }) => excludingTargetListIds))],
    ['template', await unreadable(tx, actor, 'EmailTemplate', massEmails.flatMap(({ emailTemplateId }) => emailTemplateId ?? []))],
  ] as const
  const words = parts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}${count === 1 ? '' : 's'}`)
  if (words.length === 0) return
  throw new AppError('forbidden', 'partsNotReadable',
    `This campaign has ${words.join(', ').replace(/, ([^,]*)$/, ' and $1')} that your roles do not let you see, so you cannot make a copy of it. Ask somebody who may see them.`)
}

/** Also of what was put away: it is still excluded. */
async function unreadable(tx: Tx, actor: Actor, type: 'TargetList' | 'EmailTemplate', ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(type === 'TargetList' ? 'target_list' : 'email_template')} r
     where r.id = any(${ids}::uuid[]) and not coalesce(${allowed(actor, type, 'read')}, false)`.execute(tx)
  return rows[0]!.count
}

/** Each as a draft under its own name. A template that names a link of the original is copied and rewritten; others are shared. */
async function copyMassEmails(tx: Tx, actor: Actor, { fromId, toId, replacements }: { fromId: string; toId: string; replacements: Replacement[] }, now: Date) {
  const massEmails = await tx.selectFrom('massEmail').select(['id', 'name', 'emailTemplateId'])
    .where('campaignId', '=', fromId).where('deletedAt', 'is', null).orderBy('createdAt').orderBy('id').execute()
  const rewritten = new Map<string, string>()
  for (const { id, name, emailTemplateId } of massEmails) {
    const copyId = await duplicateMassEmail(tx, actor, id, name, now)
    if (emailTemplateId && !rewritten.has(emailTemplateId)) {
      rewritten.set(emailTemplateId, await templateFor(tx, actor, emailTemplateId, replacements, now))
    }
    const templateId = emailTemplateId && rewritten.get(emailTemplateId)!
    await tx.updateTable('massEmail').set({ campaignId: toId, emailTemplateId: templateId }).where('id', '=', copyId).execute()
  }
}

async function templateFor(tx: Tx, actor: Actor, templateId: string, replacements: Replacement[], now: Date): Promise<string> {
  const template = await tx.selectFrom('emailTemplate').select(['subject', 'body', 'textBody', sql<boolean>`deleted_at is not null`.as('isGone')])
    .where('id', '=', templateId).executeTakeFirstOrThrow()
  const rewrite = (text: string) => replacements.reduce((changed, { from, to }) => changed.replaceAll(from, to), text)
  const change = { subject: rewrite(template.subject), body: rewrite(template.body), textBody: template.textBody && rewrite(template.textBody) }
  const isSame = change.subject === template.subject && change.body === template.body && change.textBody === template.textBody
  if (isSame || template.isGone) return templateId
  const copyId = await duplicateTemplate(tx, actor, templateId, undefined, now)
  await changeTemplate(tx, actor, copyId, change, now, () => {})
  return copyId
}
