/** What may happen to a delivery, and what each log entry changes in the figures. Pure: no database, no clock. */

export const actions = [
  'sent', 'opened', 'clicked', 'optedOut', 'optedIn', 'bounced', 'complained', 'replied', 'failed', 'skipped', 'uncertain', 'leadCreated',
] as const
export type Action = (typeof actions)[number]

/** One thing that happened. Repeats of the same (delivery, action, subject, machine) become one entry with a count. */
export type LogEvent = {
  deliveryId: number
  massEmailId: string
  campaignId: string
  action: Action
  /** Tells entries of one action apart: the tracking URL's id of a click, `hard` or `soft` of a bounce, `unproved` of what only looks like one; else left out. */
  subject?: string
  at: Date
  entityType: string
  recordId: string
  emailAddress: string
  trackingUrlId?: string | null
  detail?: object
  /** Done by a scanner or a proxy, not by a person. */
  machine?: boolean
  /** Of a test mail: logged, never counted. */
  test?: boolean
}

/** An event with the repeats of its batch: what one row of the log takes up. `isNew`: the log had nothing like it before. */
export type Entry = Required<LogEvent> & { repeats: number; lastAt: Date; isNew: boolean }

/** Whose deliveries: what figures are divided by. */
export type Recipients = { entityType: string; domain: string }
export const recipientsOf = ({ entityType, emailAddress }: { entityType: string; emailAddress: string }): Recipients =>
  ({ entityType, domain: emailAddress.slice(emailAddress.lastIndexOf('@') + 1) })

/** A number in the figures that goes up or down. Without `trackingUrlId`: over all links. With `of`: also by domain and entity type. */
export type FigureChange = {
  massEmailId: string; campaignId: string; metric: string; trackingUrlId?: string | null; machine?: boolean; of?: Recipients; count: number
}
/** The same in the hour in which it happened: what was logged then, never taken back. */
export type HourChange = { massEmailId: string; campaignId: string; metric: string; machine: boolean; hour: Date; count: number }
export type Changes = { figures: FigureChange[]; hours: HourChange[] }

/** What the log already said about the same deliveries (only clicked, bounced and sent matter). */
export type EarlierEntry = Pick<Entry, 'deliveryId' | 'action' | 'subject' | 'machine'>

/** Actions whose deliveries are counted when the entry is made. The present status (sent, failed, …) is moved by the settling, not here. */
const counted: Partial<Record<Action, string>> = {
  opened: 'opened', optedOut: 'optedOut', optedIn: 'optedIn', complained: 'complained', replied: 'replied', leadCreated: 'leadsCreated',
}

/** What an entry is told apart by. */
export const keyOf = ({ deliveryId, action, subject, machine }: EarlierEntry): string => `${deliveryId} ${action} ${subject} ${machine}`

/** Events of one lane, folded: one entry for each thing that is told apart, the earliest first. */
export function fold(events: readonly LogEvent[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const event of events) {
    const entry = entryOf(event)
    const key = keyOf(entry)
    const known = entries.get(key)
    if (known) repeat(known, event.at)
    else entries.set(key, entry)
  }
  // One order for all writers, so that two of them never wait for each other in a circle.
  return [...entries.values()].sort((a, b) => a.deliveryId - b.deliveryId || compare(a.action, b.action) || compare(a.subject, b.subject))
}

const nothing = {}

/** Written out, not spread: a sender makes thousands of these a second. */
const entryOf = (event: LogEvent): Entry => ({
  deliveryId: event.deliveryId, massEmailId: event.massEmailId, campaignId: event.campaignId, action: event.action, subject: event.subject ?? '',
  at: event.at, entityType: event.entityType, recordId: event.recordId, emailAddress: event.emailAddress, trackingUrlId: event.trackingUrlId ?? null,
  detail: event.detail ?? nothing, machine: event.machine ?? false, test: event.test ?? false, repeats: 1, lastAt: event.at, isNew: true,
})

function repeat(entry: Entry, at: Date): void {
  entry.repeats++
  if (at < entry.at) entry.at = at
  if (at > entry.lastAt) entry.lastAt = at
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The subject of a hard bounce or complaint that anybody could have written: logged, never counted, or strangers would move the figures. */
export const unproved = 'unproved'
const counts = ({ subject }: EarlierEntry) => subject !== unproved

/** How many entries of an action the log has, whatever they say; tests apart. For the filter chips. */
export const loggedMetric = (action: Action) => `logged.${action}`

/** What these entries (no tests among them) change in the figures, given what was in the log before. */
export function changesOf(written: readonly Entry[], earlier: readonly EarlierEntry[]): Changes {
  const changes: Changes = { figures: [], hours: [] }
  const before = byDelivery(earlier.filter(counts))
  for (const { massEmailId, campaignId, action, machine } of written.filter(({ isNew }) => isNew)) {
    changes.figures.push({ massEmailId, campaignId, metric: loggedMetric(action), machine, count: 1 })
  }
  for (const [deliveryId, entries] of byDelivery(written.filter(counts))) {
    const known = before.get(deliveryId) ?? []
    entries.filter((entry) => entry.isNew && entry.action in counted).forEach((entry) => count(changes, entry, counted[entry.action]!))
    entries.filter((entry) => entry.isNew && isStatus(entry.action)).forEach((entry) => inHour(changes, entry, entry.action))
    countClicks(changes, entries.filter((entry) => entry.action === 'clicked'), known)
    countBounces(changes, entries.filter((entry) => entry.isNew), known)
  }
  return changes
}

function byDelivery<Each extends { deliveryId: number }>(entries: readonly Each[]): Map<number, Each[]> {
  const groups = new Map<number, Each[]>()
  for (const entry of entries) {
    const group = groups.get(entry.deliveryId)
    if (group) group.push(entry)
    else groups.set(entry.deliveryId, [entry])
  }
  return groups
}

const isStatus = (action: Action) => action === 'sent' || action === 'failed' || action === 'skipped' || action === 'uncertain'

const inHour = (changes: Changes, { massEmailId, campaignId, machine, at }: Entry, metric: string, by = 1) =>
  changes.hours.push({ massEmailId, campaignId, metric, machine, hour: new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000), count: by })

function count(changes: Changes, entry: Entry, metric: string): void {
  const { massEmailId, campaignId, machine } = entry
  changes.figures.push({ massEmailId, campaignId, metric, machine, of: recipientsOf(entry), count: 1 })
  inHour(changes, entry, metric)
}

/** `clicks` counts every click; `clicked` counts deliveries, once over all links and once for each link. */
function countClicks(changes: Changes, clicks: Entry[], known: readonly EarlierEntry[]): void {
  const hasClicked = (machine: boolean) => known.some((entry) => entry.action === 'clicked' && entry.machine === machine)
  const clickedBy = { person: hasClicked(false), machine: hasClicked(true) }
  for (const entry of clicks) {
    const { massEmailId, campaignId, trackingUrlId, machine, repeats } = entry
    const ofLink = { massEmailId, campaignId, trackingUrlId, machine }
    changes.figures.push({ massEmailId, campaignId, metric: 'clicks', machine, of: recipientsOf(entry), count: repeats })
    if (trackingUrlId) changes.figures.push({ ...ofLink, metric: 'clicks', count: repeats })
    if (entry.isNew && trackingUrlId) changes.figures.push({ ...ofLink, metric: 'clicked', count: 1 })
    const who = machine ? 'machine' : 'person'
    if (!clickedBy[who]) count(changes, entry, 'clicked')
    clickedBy[who] = true
  }
}

/** A bounce counts for a Sent delivery only, hard before soft; whichever of "sent" and the bounces is logged last brings it in. */
function countBounces(changes: Changes, fresh: Entry[], known: readonly EarlierEntry[]): void {
  const bounces = fresh.filter((entry) => entry.action === 'bounced')
  bounces.forEach((entry) => inHour(changes, entry, bounceMetric(entry.subject)))
  const [was, is] = [countedBounce(known), countedBounce([...known, ...fresh])]
  if (was === is) return
  const { massEmailId, campaignId } = fresh[0]!
  const of = recipientsOf(fresh[0]!)
  if (was) changes.figures.push({ massEmailId, campaignId, metric: was, of, count: -1 })
  if (is) changes.figures.push({ massEmailId, campaignId, metric: is, of, count: 1 })
}

const bounceMetric = (subject: string) => (subject === 'hard' ? 'bouncedHard' : 'bouncedSoft')

function countedBounce(entries: readonly EarlierEntry[]): 'bouncedHard' | 'bouncedSoft' | null {
  const bounces = entries.filter((entry) => entry.action === 'bounced')
  if (bounces.length === 0 || !entries.some((entry) => entry.action === 'sent')) return null
  return bounces.some((entry) => entry.subject === 'hard') ? 'bouncedHard' : 'bouncedSoft'
}
