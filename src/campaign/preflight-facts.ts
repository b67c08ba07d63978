/** Gathers what the pre-flight looks at: the mass email as it stands in this transaction. Asks no foreign server. */
import { sql } from 'kysely'
import { computeFunnel, type Funnel } from '../audience/funnel.ts'
import { compileMail } from '../content/compile.ts'
import { scanHtml } from '../content/html-scan.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { type OutboundEmailSettings, publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { audienceOf } from './lists.ts'
import { type Facts, type Preflight, preflight, type TemplateFacts } from './preflight.ts'
import { senderOf } from './sender.ts'

export async function preflightOf(db: Db, massEmailId: string, now: Date): Promise<Preflight> {
  return preflight(await factsOf(db, massEmailId, now))
}

async function factsOf(db: Db, massEmailId: string, now: Date): Promise<Facts> {
  const massEmail = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .selectAll('massEmail').select(['campaign.status as campaignStatus', 'campaign.type as campaignType'])
    .where('massEmail.id', '=', massEmailId).executeTakeFirst()
  if (!massEmail) throw notFound('mass email', massEmailId)
  const [settings, general, sender, audience] = [
    await readOutboundEmails(db), await readGeneral(db), await senderOf(db, massEmail), await audienceOf(db, massEmailId),
  ]
  const hasLists = audience.targetListIds.length > 0
  return {
    dateStart: massEmail.dateStart,
    template: massEmail.emailTemplateId ? await templateFacts(db, massEmail.emailTemplateId, massEmail.campaignId, settings) : null,
    targetLists: audience.targetListIds.length,
    sender: sender && { fromAddress: sender.fromAddress, sandbox: sender.kind === 'sandbox' },
    campaignActive: massEmail.campaignStatus === 'active',
    informational: audience.informational,
    disableOptOutLink: settings.disableOptOutLink,
    publicUrl: publicUrlOf(general),
    postalAddress: general.postalAddress,
    jobActive: await isJobActive(db),
    maxPerHour: settings.maxPerHour,
    audience: hasLists ? await audienceFacts(db, { ...audience, now }) : null,
    override: massEmail.override,
    now,
  }
}

type AudienceAsked = Parameters<typeof computeFunnel>[1]

/** Of informational mail also how many get it although they opted out: what the others would have been told. */
async function audienceFacts(db: Db, audience: AudienceAsked): Promise<NonNullable<Facts['audience']>> {
  const { included } = await computeFunnel(db, audience)
  if (!audience.informational) return { included, optedOut: 0 }
  const { verdicts: { optedOutOfList = 0, optedOutEntirely = 0 } }: Funnel = await computeFunnel(db, { ...audience, informational: false })
  return { included, optedOut: optedOutOfList + optedOutEntirely }
}

async function templateFacts(db: Db, templateId: string, campaignId: string, settings: OutboundEmailSettings): Promise<TemplateFacts | null> {
  const template = await db.selectFrom('emailTemplate').selectAll().where('id', '=', templateId).where('deletedAt', 'is', null).executeTakeFirst()
  if (!template) return null
  const numbers = await trackingNumbers(db, campaignId)
  const { problems, optOutInBody } = compileMail(template, {
    vocabulary: currentVocabulary(), trackingNumber: (id) => numbers.get(id.toLowerCase()) ?? null,
    appendOptOut: !settings.disableOptOutLink, tracked: false,
  })
  const tags = template.format === 'text' ? [] : scanHtml(template.body, []).tags.filter(({ hidden }) => !hidden)
  const links = tags.filter(({ name }) => name === 'a')
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'href'))
    .map(({ start, end }) => template.body.slice(start, end))
  return {
    subject: template.subject,
    bytes: Buffer.byteLength(template.body),
    problems: problems.map(({ message }) => message),
    optOutInBody,
    imagesWithoutAlt: tags.filter(({ name, attributes }) => name === 'img' && !attributes.some((attribute) => attribute.name === 'alt')).length,
    plainHttpLinks: [...new Set(links.filter((url) => /^http:\/\//i.test(url.trim())))],
  }
}

/** Only this campaign's links count: one of another campaign would be counted there. */
async function trackingNumbers(db: Db, campaignId: string): Promise<Map<string, number>> {
  const links = await db.selectFrom('trackingUrl').select(['id', 'number']).where('campaignId', '=', campaignId).where('deletedAt', 'is', null).execute()
  return new Map(links.map(({ id, number }) => [id, number]))
}

async function isJobActive(db: Db): Promise<boolean> {
  const { rows } = await sql<{ status: string }>`select status from scheduled_job where name = 'send-mass-emails'`.execute(db)
  return rows[0]?.status !== 'inactive'
}
