/** A mass email's mail as it was sent, every tracked link marked where it stands, beside who clicked on it. What is drawn of that is the reader's business. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { type CampaignLink, linksOfCampaign } from '../campaign/automatic-links.ts'
import { scanHtml } from '../content/html-scan.ts'
import type { MailSource } from '../content/mail-source.ts'
import { previewMail, type TrackedLinks } from '../content/preview.ts'
import { readTemplate, readVersion } from '../content/templates.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { escapeHtml } from '../platform/escape-html.ts'
import { linksOf } from './figures-of.ts'
import { noLink } from './counters.ts'

/** Nobody's address: it only says which link stands there until the marks are made. */
const placeUrl = (number: number) => `https://link.invalid/${number}`
const numberAt = (url: string) => /^https:\/\/link\.invalid\/(\d+)$/.exec(url)?.[1]

export async function linksOnMail(db: Db, actor: Actor, massEmailId: string, now: Date) {
  const { campaignId, source, trackAllLinks } = await readMail(db, massEmailId)
  const links = await linksOfCampaign(db, campaignId)
  if (!source) return { subject: '', html: null, text: '', links: [] }
  const { subject, html, text } = await previewMail(db, source, { viewer: actor, tracked: trackedBy(links, trackAllLinks) }, now)
  const marked = html === null ? null : markLinks(html, links)
  const textual = html === null ? placesInText(text) : new Map<string, number>()
  return { subject, html: marked?.html ?? null, text: withTargets(text, links), links: await withFigures(db, massEmailId, links, marked?.places ?? textual) }
}

/** The version it was frozen with; before that the template as it is. */
async function readMail(db: Db, massEmailId: string): Promise<{ campaignId: string; source: MailSource | null; trackAllLinks: boolean }> {
  const row = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId')
    .select(['campaignId', 'emailTemplateId', 'templateVersionId', 'trackAllLinks'])
    .select(sql<boolean | null>`(frozen ->> 'trackAllLinks')::boolean`.as('frozenTrackAllLinks'))
    .where('massEmail.id', '=', massEmailId).executeTakeFirstOrThrow()
  const source = row.templateVersionId ? await readVersion(db, row.templateVersionId) : row.emailTemplateId ? await readTemplate(db, row.emailTemplateId).catch(goneIsNull) : null
  return { campaignId: row.campaignId, source, trackAllLinks: row.frozenTrackAllLinks ?? row.trackAllLinks }
}

const goneIsNull = (error: unknown) => {
  if (error instanceof AppError && error.kind === 'notFound') return null
  throw error
}

function trackedBy(links: readonly CampaignLink[], trackAllLinks: boolean): TrackedLinks {
  const numbers = new Map(links.map(({ id, number }) => [id, number]))
  const automatic = new Map(links.filter((link) => link.automatic).map(({ url, number }) => [url, number]))
  return {
    trackingNumber: (id) => numbers.get(id.toLowerCase()) ?? null,
    numberOfLink: (url) => (trackAllLinks ? automatic.get(url) ?? null : null),
    urlOf: placeUrl,
  }
}

/** Each place gets its link's number as an attribute, an empty mark before it, and the target in place of the stand-in. */
function markLinks(html: string, links: readonly CampaignLink[]): { html: string; places: Map<string, number> } {
  const urls = new Map(links.map(({ number, url }) => [String(number), url]))
  const places = new Map<string, number>()
  let [marked, from] = ['', 0]
  for (const tag of scanHtml(html, []).tags) {
    const href = tag.attributes.find(({ name }) => name === 'href')
    const number = href && numberAt(html.slice(href.start, href.end))
    if (!href || number === undefined || tag.hidden || tag.start < from) continue
    places.set(number, (places.get(number) ?? 0) + 1)
    const nameEnd = tag.start + 1 + tag.name.length
    marked += `${html.slice(from, tag.start)}<span data-tidings-mark="${number}"></span>${html.slice(tag.start, nameEnd)} data-tidings-link="${number}"${html.slice(nameEnd, href.start)}${quotable(urls.get(number) ?? '', href.quote)}`
    from = href.end
  }
  return { html: marked + html.slice(from), places }
}

/** What stood there had no character that needs care; the target may. */
const quotable = (url: string, quote: string) => {
  const escaped = escapeHtml(url)
  return quote === '' ? `"${escaped.replaceAll('`', '&#96;')}"` : escaped
}

const placesIn = /https:\/\/link\.invalid\/(\d+)/g

function placesInText(text: string): Map<string, number> {
  const places = new Map<string, number>()
  for (const [, number] of text.matchAll(placesIn)) places.set(number!, (places.get(number!) ?? 0) + 1)
  return places
}

const withTargets = (text: string, links: readonly CampaignLink[]) =>
  text.replace(placesIn, (place, number: string) => links.find((link) => String(link.number) === number)?.url || place)

/** Links that stand in the mail, and those that somebody clicked although they do not any more; the most clicked first. */
async function withFigures(db: Db, massEmailId: string, links: readonly CampaignLink[], places: ReadonlyMap<string, number>) {
  const figures = new Map((await linksOf(db, { massEmailId })).map((figure) => [figure.trackingUrlId, figure]))
  const names = new Map((await db.selectFrom('trackingUrl').select(['id', 'name']).where('id', 'in', [noLink, ...links.map(({ id }) => id)]).execute()).map(({ id, name }) => [id, name]))
  const blank = { people: 0, clicks: 0, machinePeople: 0, machineClicks: 0 }
  return links.filter(({ id, number }) => figures.has(id) || places.has(String(number)))
    .map(({ id, number, url }) => ({ ...blank, trackingUrlId: id, url, name: names.get(id) ?? '', ...figures.get(id), mark: String(number), places: places.get(String(number)) ?? 0 }))
    .sort((a, b) => b.people - a.people || b.places - a.places)
}
