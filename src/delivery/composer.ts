/** From a delivery to bytes: the mail of one mass email compiled once, filled and composed for each person. Sends nothing. */
import { linksOfCampaign } from '../campaign/automatic-links.ts'
import { compileMail, type CompiledMail } from '../content/compile.ts'
import { fill, type FilledMail, type Filling, fillMail, slotValues, type Values } from '../content/fill.ts'
import type { MailSource } from '../content/mail-source.ts'
import { loadMergeValues, mergeValuesReader, type MergeValuesReader, neededPaths, sendingVocabulary } from '../content/merge-values.ts'
import { wordsAt } from '../content/value-text.ts'
import { prepareMessage, type PreparedMessage } from '../message/compose.ts'
import { linkKeyPurpose, linksFor, type RecipientLinks } from '../message/recipient-links.ts'
import { unsubscribeMailto } from '../message/unsubscribe-mail.ts'
import type { Account } from '../outbound/accounts.ts'
import type { Envelope } from '../outbound/envelope.ts'
import { returnPath } from '../outbound/return-path.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import { encodeToken, encodeVerp } from '../platform/token.ts'
import { definitionOf, findDefinition, refreshEntityTypes } from '../records/entity-types.ts'
import { type GeneralSettings, type OutboundEmailSettings, publicUrlOf } from '../settings/settings.ts'
import type { Frozen } from './frozen.ts'
import type { Delivery } from './ledger.ts'

export type Composed = { envelope: Envelope; messageId: string }
export type Addressee = Pick<Delivery, 'lane' | 'id' | 'entityType' | 'recordId' | 'emailAddress'>

export type Composer = {
  /** The values of a batch's records: one query for each entity type. Those of deleted records are missing. */
  load(addressees: readonly Addressee[]): Promise<Map<string, Values>>
  /** `verp: false` once a server refused such a sender. */
  compose(addressee: Addressee, values: Values, options: { now: Date; verp: boolean; test?: boolean }): Composed
  /** The mail as this person reads it, without being a message: for viewing it in a browser. */
  fill(addressee: Addressee, values: Values, options: { now: Date; test?: boolean }): FilledMail
}

export type ComposerInput = {
  massEmailId: string
  campaignId: string
  source: MailSource
  frozen: Frozen
  account: Pick<Account, 'bounceAddress'>
  settings: OutboundEmailSettings
  general: GeneralSettings
  secrets: Secrets
}

export async function createComposer(db: Db, input: ComposerInput): Promise<Composer> {
  const { campaignId, general, frozen, settings, secrets } = input
  await refreshEntityTypes(db)
  const links = await linksOfCampaign(db, campaignId)
  const mail = compile(input, links)
  const user = await assignedUserValues(db, input, mail)
  const message = prepareMessage({ ...(await frameOf(db, input)), text: mail.text.literals, html: mail.html?.literals ?? null })
  const publicUrl = publicUrlOf(general)
  const targets = frozen.informational ? new Map(links.map(({ number, url }) => [number, url])) : null
  const context: Context = {
    input, mail, user, message, wordsOf: wordsByMinute(general),
    linksOf: (key, addressee, test) => untracked(linksFor(key, publicUrl, { ...addressee, test }), targets),
  }
  return {
    load: valuesLoader(db, mail, general),
    compose: (addressee, values, { now, verp, test = false }) => composeOne(context, addressee, values, { now, verp: verp && settings.verp, test }),
    fill: (addressee, values, { now, test = false }) => fillMail(mail, fillingOf(context, addressee, values, context.linksOf(secrets.key(linkKeyPurpose), addressee, test), now)),
  }
}

type Context = { input: ComposerInput; mail: CompiledMail; user: Values; message: PreparedMessage; linksOf(key: Buffer, addressee: Addressee, test: boolean): RecipientLinks; wordsOf(now: Date): Filling['words'] }

function compile({ source, frozen }: ComposerInput, links: Awaited<ReturnType<typeof linksOfCampaign>>): CompiledMail {
  const numbers = new Map(links.map(({ id, number }) => [id, number]))
  const automatic = new Map(links.filter((link) => link.automatic).map(({ url, number }) => [url, number]))
  return compileMail(source, {
    vocabulary: sendingVocabulary(), whatIsGone: 'empty', appendOptOut: frozen.appendOptOut, tracked: !frozen.informational,
    trackingNumber: (id) => numbers.get(id.toLowerCase()) ?? null,
    numberOfLink: frozen.trackAllLinks ? (url) => automatic.get(url) ?? null : undefined,
  })
}

/** Dates in words are the same for a whole minute, and dear to make. */
function wordsByMinute(general: GeneralSettings): (now: Date) => Filling['words'] {
  let made: { minute: number; words: Filling['words'] } | null = null
  return (now) => {
    const minute = Math.floor(now.getTime() / 60_000)
    if (made?.minute !== minute) made = { minute, words: wordsAt(now, general, general.postalAddress) }
    return made.words
  }
}

/** Informational mail counts no clicks: its links lead straight to their targets. */
const untracked = (links: RecipientLinks, targets: Map<number, string> | null): RecipientLinks =>
  targets === null ? links : Object.defineProperty(links, 'clickUrl', { value: (number: number) => targets.get(number) ?? '' })

async function assignedUserValues(db: Db, { massEmailId, general }: ComposerInput, mail: CompiledMail): Promise<Values> {
  const type = definitionOf('User')
  const row = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select(['campaign.assignedUserId', 'massEmail.authorId', 'massEmail.createdBy']).where('massEmail.id', '=', massEmailId).executeTakeFirstOrThrow()
  const userId = row.assignedUserId ?? row.authorId ?? row.createdBy
  if (!userId) return new Map()
  const values = await loadMergeValues(db, type, [userId], neededPaths(mail, type).user, general)
  return values.get(userId) ?? new Map()
}

async function frameOf(db: Db, { massEmailId, campaignId, frozen }: ComposerInput) {
  const { from, replyTo, targetListIds, informational, accountId } = frozen
  const domain = domainOf(from.address)
  const list = targetListIds[0] && await db.selectFrom('targetList').select(['id', 'name']).where('id', '=', targetListIds[0]).executeTakeFirst()
  return {
    from, replyTo, bulk: true,
    list: list && !informational ? { name: list.name, slug: list.id, domain } : null,
    feedbackId: [massEmailId, campaignId, targetListIds[0] ?? 'none', accountId].map((id) => id.replaceAll('-', '')),
  }
}

/** One query for each entity type among the addressees, made ready when the type is first met. */
function valuesLoader(db: Db, mail: CompiledMail, general: GeneralSettings): Composer['load'] {
  const readers = new Map<string, MergeValuesReader>()
  const readerOf = (name: string): MergeValuesReader => {
    const type = findDefinition(name)
    // Its type was removed: the mark will say that it is not mailable.
    if (!type) return async () => new Map()
    return readers.get(name) ?? readers.set(name, mergeValuesReader(db, type, [...new Set(['name', ...neededPaths(mail, type).record])], general)).get(name)!
  }
  return async (addressees) => {
    const all = new Map<string, Values>()
    for (const name of new Set(addressees.map(({ entityType }) => entityType))) {
      const ids = addressees.filter(({ entityType }) => entityType === name).map(({ recordId }) => recordId)
      for (const [id, values] of await readerOf(name)(ids)) all.set(`${name} ${id}`, values)
    }
    return all
  }
}

export const valuesKey = ({ entityType, recordId }: Pick<Delivery, 'entityType' | 'recordId'>) => `${entityType} ${recordId}`

function composeOne(context: Context, addressee: Addressee, values: Values, { now, verp, test }: { now: Date; verp: boolean; test: boolean }): Composed {
  const { input: { frozen, secrets } } = context
  const { lane, id, emailAddress } = addressee
  // Asked for each mail: the secret may be changed while a mass email is under way, and the earlier one be forgotten.
  const key = secrets.key(linkKeyPurpose)
  const links = context.linksOf(key, addressee, test)
  const { mail } = context
  const person = fillingOf(context, addressee, values, links, now)
  const subject = fill(mail.subject, person)
  const messageId = `${encodeToken(key, { purpose: 'messageId', lane, id })}@${domainOf(frozen.from.address)}`
  const name = values.get('name') ?? ''
  const { bytes, smtpUtf8 } = context.message.compose({
    // A record without a name is called by its address; that is no display name.
    to: { address: emailAddress, name: name === emailAddress ? '' : name },
    subject: test ? `[Test] ${subject}` : subject, textValues: slotValues(mail.text, person), htmlValues: mail.html ? slotValues(mail.html, person) : [], date: now, messageId,
    unsubscribe: frozen.informational ? null : { http: links.optOutUrl, mailto: frozen.unsubscribeAddress ? unsubscribeMailto(frozen.unsubscribeAddress, links.optOutUrl) : null },
    delivery: encodeToken(key, { purpose: 'delivery', lane, id }),
  })
  return { messageId, envelope: { from: envelopeFrom(context, key, addressee, verp), to: emailAddress, content: bytes, utf8Header: smtpUtf8 } }
}

function fillingOf({ input: { frozen, general }, user, wordsOf }: Context, { entityType }: Addressee, record: Values, links: RecipientLinks, now: Date): Filling {
  return {
    entityType, isPerson: findDefinition(entityType)?.baseType === 'person', record, user, links,
    words: wordsOf(now), language: general.language, pixel: frozen.openTracking,
  }
}

const envelopeFrom = ({ input: { account, settings, frozen } }: Context, key: Buffer, { lane, id }: Addressee, verp: boolean): string =>
  returnPath({ account, settings, from: frozen.from.address }, verp ? encodeVerp(key, lane, id) : null)
