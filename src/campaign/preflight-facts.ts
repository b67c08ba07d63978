/** Gathers what the pre-flight looks at: the mass email as it stands in this transaction. Asks no foreign server. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor } from '../access/actors.ts'
import { askIncluded, computeFunnel } from '../audience/funnel.ts'
import type { Audience } from '../audience/verdict.ts'
import { compileMail, type CompiledMail } from '../content/compile.ts'
import { scanHtml } from '../content/html-scan.ts'
import type { MailSource } from '../content/mail-source.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import type { Db } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { type OutboundEmailSettings, publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { atLargeProvider, authenticationOf } from './authentication-facts.ts'
import { approvalState } from './approval.ts'
import { readerOf } from './campaign-rights.ts'
import { emptyQuestions, gapsOf } from './empty-placeholders.ts'
import { sayProblems } from './foreign-links.ts'
import { audienceOf } from './lists.ts'
import { type Facts, type Preflight, preflight, type TemplateFacts } from './preflight.ts'
import { returnMailboxOf } from './return-mailbox.ts'
import { senderOf } from './sender.ts'

/** `viewer`: who looks at a draft; from Pending on the audience is read with the rights of the author. */
export async function preflightOf(db: Db, massEmailId: string, now: Date, viewer: Actor | null): Promise<Preflight> {
  const facts = await factsOf(db, massEmailId, now, viewer)
  const { status, authorId } = await db.selectFrom('massEmail').select(['status', 'authorId']).where('id', '=', massEmailId).executeTakeFirstOrThrow()
  return preflight({ ...facts, approval: await approvalState(db, { id: massEmailId, status, authorId }, viewer) })
}

/** Throws 409 with all checks when something blocks Pending that nobody has overridden; approval is asked apart (approvals.ts). `authorId`: who will be, or is, its author. */
export async function expectReady(db: Db, massEmailId: string, now: Date, authorId: string | null): Promise<void> {
  const { ready, checks } = preflight(await factsOf(db, massEmailId, now, authorId === null ? null : await readActor(db, authorId)))
  if (ready) return
  const faults = checks.filter(({ level }) => level === 'error').map(({ message }) => message)
  throw new AppError('conflict', 'preflightFailed', faults.join(' '), { checks })
}

async function factsOf(db: Db, massEmailId: string, now: Date, viewer: Actor | null): Promise<Facts> {
  const massEmail = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .selectAll('massEmail').select(['campaign.status as campaignStatus', 'campaign.type as campaignType'])
    .where('massEmail.id', '=', massEmailId).executeTakeFirst()
  if (!massEmail) throw notFound('mass email', massEmailId)
  const [settings, general, sender, audience] = [
    await readOutboundEmails(db), await readGeneral(db), await senderOf(db, massEmail), await audienceOf(db, massEmailId),
  ]
  const template = massEmail.emailTemplateId ? await readMail(db, massEmail.emailTemplateId, massEmail.campaignId, settings) : null
  return {
    dateStart: massEmail.dateStart,
    template: template && templateFacts(template),
    targetLists: audience.targetListIds.length,
    listsInStep: await listsInStep(db, [...audience.targetListIds, ...audience.excludingTargetListIds]),
    sender: sender && { fromAddress: sender.fromAddress, sandbox: sender.kind === 'sandbox', authentication: await authenticationOf(db, sender) },
    returnMailbox: sender && await returnMailboxOf(db, sender),
    campaignActive: massEmail.campaignStatus === 'active',
    informational: audience.informational,
    disableOptOutLink: settings.disableOptOutLink,
    publicUrl: publicUrlOf(general),
    postalAddress: general.postalAddress,
    jobActive: await isJobActive(db),
    maxPerHour: settings.maxPerHour,
    audience: audience.targetListIds.length > 0 ? await audienceFacts(db, { ...audience, now, reader: await readerOf(db, massEmail, viewer) }, template?.compiled) : null,
    override: massEmail.override,
    approval: null,
    now,
  }
}

/** Of informational mail also how many get it although they opted out: what the others would have been told. */
async function audienceFacts(db: Db, audience: Audience, mail: CompiledMail | undefined): Promise<NonNullable<Facts['audience']>> {
  const gaps = mail ? gapsOf(mail) : []
  const { funnel: { included }, yes, matching } = await askIncluded(db, audience, (type) => (gaps.length > 0 ? emptyQuestions(type, gaps) : null), atLargeProvider)
  const empty = gaps.map(({ code }, index) => ({ code, people: yes[index] ?? 0 })).filter(({ people }) => people > 0)
  if (!audience.informational) return { included, optedOut: 0, atLargeProviders: matching, empty }
  const { verdicts: { optedOutOfList = 0, optedOutEntirely = 0 } } = await computeFunnel(db, { ...audience, informational: false })
  return { included, optedOut: optedOutOfList + optedOutEntirely, atLargeProviders: matching, empty }
}

type Mail = { source: MailSource; compiled: CompiledMail; problems: string[] }

async function readMail(db: Db, templateId: string, campaignId: string, { disableOptOutLink }: OutboundEmailSettings): Promise<Mail | null> {
  const source = await db.selectFrom('emailTemplate').select(['subject', 'body', 'format', 'textBody'])
    .where('id', '=', templateId).where('deletedAt', 'is', null).executeTakeFirst()
  if (!source) return null
  const numbers = await trackingNumbers(db, campaignId)
  const compiled = compileMail(source, {
    vocabulary: currentVocabulary(), trackingNumber: (id) => numbers.get(id.toLowerCase()) ?? null,
    appendOptOut: !disableOptOutLink, tracked: false,
  })
  return { source, compiled, problems: await sayProblems(db, compiled.problems, campaignId) }
}

function templateFacts({ source: { subject, body, format }, compiled: { optOutInBody }, problems }: Mail): TemplateFacts {
  const tags = format === 'text' ? [] : scanHtml(body, []).tags.filter(({ hidden }) => !hidden)
  const links = tags.filter(({ name }) => name === 'a')
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'href'))
    .map(({ start, end }) => body.slice(start, end).trim())
  return {
    subject,
    bytes: Buffer.byteLength(body),
    problems,
    optOutInBody,
    imagesWithoutAlt: tags.filter(({ name, attributes }) => name === 'img' && !attributes.some((attribute) => attribute.name === 'alt')).length,
    plainHttpLinks: [...new Set(links.filter((url) => /^http:\/\//i.test(url)))],
  }
}

/** Only this campaign's links count: one of another campaign would be counted there. */
async function trackingNumbers(db: Db, campaignId: string): Promise<Map<string, number>> {
  const links = await db.selectFrom('trackingUrl').select(['id', 'number']).where('campaignId', '=', campaignId).where('deletedAt', 'is', null).execute()
  return new Map(links.map(({ id, number }) => [id, number]))
}

/** What went wrong before it was changed is not said of what it is now. */
async function listsInStep(db: Db, ids: readonly string[]): Promise<Facts['listsInStep']> {
  const { rows } = await sql<{ name: string; error: string | null }>`
    select l.name, n.error
      from report_sync s join target_list l on l.id = s.target_list_id
      left join lateral (select at, error from report_sync_run where target_list_id = s.target_list_id order by at desc, id desc limit 1) n on n.at >= s.changed_at
     where s.active and l.deleted_at is null and l.id = any(${ids}::uuid[]) order by l.name`.execute(db)
  return rows
}

async function isJobActive(db: Db): Promise<boolean> {
  const { rows } = await sql<{ status: string }>`select status from scheduled_job where name = 'send-mass-emails'`.execute(db)
  return rows[0]?.status !== 'inactive'
}
