/** A mass email made ready for sending: composer and mark, built once and used for all its deliveries until something they rest on changes. */
import { readActor } from '../access/actors.ts'
import { readVersion } from '../content/templates.ts'
import type { DkimSigner } from '../message/dkim.ts'
import type { Account } from '../outbound/accounts.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { GeneralSettings, OutboundEmailSettings } from '../settings/settings.ts'
import { definitionsStamp, refreshEntityTypes } from '../records/entity-types.ts'
import { signerFor } from '../signing/signer.ts'
import { type Completion, completionOf } from './completion.ts'
import { type Composer, createComposer } from './composer.ts'
import { followAddress } from './follow-address.ts'
import type { Frozen } from './frozen.ts'
import type { Delivery } from './ledger.ts'
import { createMarker, type Marker } from './mark.ts'
import { createMailStore } from './stored-mail.ts'

export type Mailing = {
  massEmailId: string
  composer: Composer
  mark: Marker
  complete: Completion | null
  /** After the mark said `addressChanged`: true when the delivery waits again under the new address. */
  follow(delivery: Delivery, senderId: number, now: Date): Promise<boolean>
}

export type MailingInput = {
  massEmailId: string
  campaignId: string
  account: Account
  settings: OutboundEmailSettings & { version: number }
  general: GeneralSettings & { version: number }
}

const kept = 100

/** Those in use, by mass email and account; one that rests on older settings is made anew. */
export function createMailings(db: Db, secrets: Secrets) {
  const known = new Map<string, { key: string; signer: DkimSigner | null; mailing: Mailing }>()
  const store = createMailStore(db)
  return async (input: MailingInput): Promise<Mailing> => {
    const { massEmailId, account, settings, general } = input
    await refreshEntityTypes(db)
    const definitions = definitionsStamp()
    const row = await db.selectFrom('massEmail').select(['frozen', 'templateVersionId', 'storeSentEmails', 'authorId']).where('id', '=', massEmailId).executeTakeFirstOrThrow()
    const frozen = row.frozen as Frozen
    // Its author's rights as they are now: who may not be read any more gets nothing from the next batch on.
    const reader = row.authorId === null ? undefined : (await readActor(db, row.authorId)) ?? undefined
    // A key that was switched signs from the next batch on.
    const signer = await signerFor(db, secrets, domainOf(frozen.from.address))
    const name = `${massEmailId} ${account.id}`
    const key = [row.templateVersionId, row.storeSentEmails, account.version, settings.version, general.version, definitions, JSON.stringify([reader?.type, reader?.rights, reader?.teamIds])].join(' ')
    const found = known.get(name)
    if (found?.key === key && found.signer === signer) return found.mailing
    const templateVersionId = row.templateVersionId!
    const source = await readVersion(db, templateVersionId)
    const composer = await createComposer(db, { ...input, source, frozen, secrets })
    const mailing: Mailing = {
      massEmailId, composer, mark: createMarker(db, { massEmailId, templateVersionId, frozen, honourRemovals: settings.honourRemovals, definitions, reader }), complete: completionOf(signer, row.storeSentEmails ? store : null),
      follow: (delivery, senderId, now) => followAddress(db, delivery, senderId, { ...frozen, honourRemovals: settings.honourRemovals, now, reader }),
    }
    known.delete(name)
    known.set(name, { key, signer, mailing })
    if (known.size > kept) known.delete(known.keys().next().value!)
    return mailing
  }
}
