/** The summary of a campaign as a mail: figures of people and machines, funnel, over time, best links, what failed, the safe lines, the campaign before. */
import type { Actor } from '../access/actor.ts'
import type { Chart } from '../charts/chart.ts'
import { pngOf } from '../charts/png.ts'
import { safeLines } from '../delivery/safety.ts'
import type { ListContext } from '../listing/listable.ts'
import { campaignBefore } from '../log/comparison.ts'
import type { Figures } from '../log/contract.ts'
import { figuresOf, linksOf } from '../log/figures-of.ts'
import { sumHours } from '../log/figures.ts'
import type { MessageFile } from '../message/files.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import { asHtml, asText, type Part } from '../system-mail/letter.ts'
import { logoParts } from '../system-mail/logo.ts'
import { overTime } from './over-time.ts'
import { dateAndTime } from '../platform/date-and-time.ts'

export type Ended = { id: string; name: string; massEmailId: string; completedAt: Date }
type Letter = { subject: string; text: string; html: string; files: MessageFile[] }

/** Narrow enough that its words can be read on a phone, where it is shrunk. */
const width = 520
const bestLinks = 5

export async function summaryLetter(db: Db, actor: Actor, { id, name, completedAt }: Ended, { timeZone }: ListContext): Promise<Letter> {
  const scope = { campaignId: id }
  const [figures, hours, links, before, general] = await Promise.all([figuresOf(db, scope), sumHours(db, scope), linksOf(db, scope), campaignBefore(db, actor, id), readGeneral(db)])
  const logo = await logoParts(db, general)
  const charts: Chart[] = [
    { type: 'funnel', title: 'How far they got', categories: ['Sent', 'Delivered', 'Opened', 'Clicked'], series: [{ key: 'people', label: 'People', values: [figures.sent, figures.delivered, figures.opened, figures.clicked] }] },
    { type: 'line', title: 'Over time', ordered: true, ...overTime(hours, [{ key: 'opened', label: 'Opened' }, { key: 'clicked', label: 'Clicked' }, { key: 'optedOut', label: 'Opted out' }], timeZone) },
  ]
  const pictures = await Promise.all(charts.map((chart, index) => pictureOf(chart, `chart${index + 1}`)))
  const parts: Part[] = [
    ...logo.parts,
    { kind: 'text', text: `The last mass email was complete at ${dateAndTime(completedAt, timeZone)} (${timeZone}). ${counted(figures.people, 'person', 'people')} reached, ${counted(figures.delivered, 'mail', 'mails')} delivered, ${rate(figures.opened, figures)} opened, ${rate(figures.clicked, figures)} clicked.` },
    pictures[0]!.part,
    figuresTable(figures, before?.figures ?? null, before?.name),
    { kind: 'quiet', text: 'Rates are of what was delivered. Opened and clicked count people; mail scanners and other machines stand beside. The shares in the picture are of what was sent.' },
    pictures[1]!.part,
    ...linkParts(links),
    { kind: 'heading', text: 'Is all well?' },
    ...safetyOf(figures).map((text): Part => ({ kind: 'text', text })),
    { kind: 'link', text: 'Open the campaign in Tidings', url: `${general.siteUrl}/campaigns/${id}` },
  ]
  const title = `${name}: how it went`
  return { subject: title, text: asText(title, parts), html: asHtml(title, parts), files: [...logo.files, ...pictures.map(({ file }) => file)] }
}

async function pictureOf(chart: Chart, key: string): Promise<{ part: Part; file: MessageFile }> {
  const { bytes } = await pngOf(chart, { width, height: 240, margin: 8 })
  const contentId = `${key}@tidings`
  return {
    part: { kind: 'picture', contentId, alt: `Chart: ${chart.title}. ${chart.type === 'funnel' ? 'Its numbers stand in the table below.' : 'Its numbers stand in the campaign, under Figures.'}`, width },
    file: { fileName: `${key}.png`, contentType: 'image/png', content: bytes, contentId },
  }
}

const rows: { label: string; key: Exclude<keyof Figures, 'machine'>; rated: boolean; machine?: keyof Figures['machine'] }[] = [
  { label: 'Sent', key: 'sent', rated: false }, { label: 'Delivered', key: 'delivered', rated: false },
  { label: 'Opened', key: 'opened', rated: true, machine: 'opened' }, { label: 'Clicked', key: 'clicked', rated: true, machine: 'clicked' }, { label: 'Clicks in all', key: 'clicks', rated: false },
  { label: 'Replied', key: 'replied', rated: true }, { label: 'Opted out', key: 'optedOut', rated: true }, { label: 'Bounced (hard)', key: 'bouncedHard', rated: false }, { label: 'Bounced (soft)', key: 'bouncedSoft', rated: false },
  { label: 'Complained', key: 'complained', rated: true }, { label: 'Failed', key: 'failed', rated: false }, { label: 'Skipped', key: 'skipped', rated: false }, { label: 'Uncertain', key: 'uncertain', rated: false },
]

function figuresTable(figures: Figures, before: Figures | null, nameBefore = ''): Part {
  const cells = (of: Figures, { key, rated }: (typeof rows)[number]) => [of[key].toLocaleString('en'), rated ? rate(of[key], of) : '']
  return {
    kind: 'table', heads: ['', 'Number', 'Rate', 'Machines', ...(before ? [`Before: ${nameBefore}`, 'Rate'] : [])], numeric: [false, true, true, true, true, true],
    rows: rows.map((row) => [row.label, ...cells(figures, row), row.machine ? figures.machine[row.machine].toLocaleString('en') : '', ...(before ? cells(before, row) : [])]),
  }
}

function linkParts(links: Awaited<ReturnType<typeof linksOf>>): Part[] {
  const best = links.filter(({ people }) => people > 0).slice(0, bestLinks)
  if (best.length === 0) return []
  return [{ kind: 'heading', text: 'Best links' }, {
    kind: 'table', heads: ['Link', 'People', 'Clicks'], numeric: [false, true, true], rows: best.map(({ name, url, people, clicks }) => [name || url, people.toLocaleString('en'), clicks.toLocaleString('en')]),
  }]
}

/** The same lines at which sending stops or warns. */
export function safetyOf({ sent, bouncedHard, complained, failed, uncertain }: Figures): string[] {
  const { stopAt, warnAt } = safeLines
  const share = (count: number) => (sent > 0 ? count / sent : 0)
  const said = (what: string, count: number, line: number) => `${what}: ${percent(share(count))} of what was sent, ${share(count) > line ? 'above' : 'within'} the safe line of ${percent(line)}.`
  return [
    said('Dead addresses', bouncedHard, stopAt.bouncedHard), said('Complaints', complained, share(complained) > stopAt.complained ? stopAt.complained : warnAt.complained),
    ...(failed > 0 ? [`${counted(failed, 'mail', 'mails')} failed. The campaign's log says why, and its mass email offers to try again.`] : []),
    ...(uncertain > 0 ? [`Of ${counted(uncertain, 'mail', 'mails')} nobody knows whether it arrived.`] : []),
  ]
}

const percent = (part: number) => part.toLocaleString('en', { style: 'percent', maximumFractionDigits: 2 })
const rate = (part: number, { delivered }: Figures) => (delivered > 0 ? (part / delivered).toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 }) : '–')
const counted = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`
