/** What a mass email was frozen with, beside its template version and lists: later edits of settings and accounts do not touch it. */
import { audienceOf } from '../campaign/lists.ts'
import { replyToOf, unsubscribeAddress } from '../campaign/return-mailbox.ts'
import { senderOf } from '../campaign/sender.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'

/** Kept as JSON in mass_email.frozen. */
export type Frozen = {
  accountId: string
  /** They share it with that one, by their weights. */
  sharedAccountIds: string[]
  /** Made for the Sandbox: never leaves by a real account. */
  sandbox: boolean
  from: { address: string; name: string }
  replyTo: { address: string; name: string } | null
  /** Where a mail program may send "unsubscribe"; null or missing where nobody reads such mail. */
  unsubscribeAddress?: string | null
  targetListIds: string[]
  excludingTargetListIds: string[]
  informational: boolean
  openTracking: boolean
  trackAllLinks: boolean
  appendOptOut: boolean
}

export type Freezable = {
  id: string
  campaignId: string
  accountId: string | null
  sharedAccountIds: string[]
  fromAddress: string
  fromName: string
  replyToAddress: string
  replyToName: string
}

/** Null when nobody can be named as the sender. */
export async function gather(db: Db, massEmail: Freezable): Promise<Frozen | null> {
  const sender = await senderOf(db, massEmail)
  if (!sender?.fromAddress) return null
  const { targetListIds, excludingTargetListIds, informational } = await audienceOf(db, massEmail.id)
  const { openTracking, disableOptOutLink } = await readOutboundEmails(db)
  const campaign = await db.selectFrom('campaign').select('trackAllLinks').where('id', '=', massEmail.campaignId).executeTakeFirstOrThrow()
  const { replyToAddress, replyToName } = massEmail
  return {
    // Real accounts only: with the Sandbox nothing is shared.
    accountId: sender.accountId, sandbox: sender.kind === 'sandbox',
    sharedAccountIds: sender.kind === 'sandbox' ? [] : massEmail.sharedAccountIds.filter((id) => id !== sender.accountId),
    from: { address: sender.fromAddress, name: sender.fromName },
    replyTo: replyToAddress ? { address: replyToAddress, name: replyToName } : await replyToOf(db, sender.accountId),
    unsubscribeAddress: sender.kind === 'sandbox' ? null : await unsubscribeAddress(db, sender),
    targetListIds, excludingTargetListIds, informational,
    // Informational mail carries no opt-out link and no tracking.
    openTracking: openTracking && !informational,
    trackAllLinks: campaign.trackAllLinks && !informational,
    appendOptOut: !disableOptOutLink && !informational,
  }
}
