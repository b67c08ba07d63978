/** Adding to the figures: one statement for all that a transaction counts, of one lane. Who reads them: figures.ts, domains.ts. */
import { sql } from 'kysely'
import { arrayLiteral } from '../platform/columns.ts'
import type { Tx } from '../platform/db.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'
import type { FigureChange, HourChange } from './entry.ts'

export const noLink = '00000000-0000-0000-0000-000000000000'

/** The numbers that are kept by recipient domain and entity type too; each is a column of its own in one row. */
export const domainColumns = {
  sent: 'sent', failed: 'failed', skipped: 'skipped', uncertain: 'uncertain', opened: 'opened', clicked: 'clicked', clicks: 'clicks',
  optedOut: 'opted_out', optedIn: 'opted_in', bouncedHard: 'bounced_hard', bouncedSoft: 'bounced_soft', complained: 'complained',
  replied: 'replied', leadsCreated: 'leads_created', 'machine opened': 'machine_opened', 'machine clicked': 'machine_clicked',
} as const

export type Counts = { figures?: readonly FigureChange[]; hours?: readonly HourChange[] }

/** A change that says whose delivery it is about is also added to the numbers of its domain and entity type. */
export async function addCounts(tx: Tx, lane: number, { figures = [], hours = [] }: Counts): Promise<void> {
  const [sums, ofHours, ofDomains] = [summed(figures, keyOfFigure), summed(hours, keyOfHour), summed(domainChanges(figures), keyOfDomain)]
  if (sums.length + ofHours.length === 0) return
  await add(tx, {
    lane,
    ...columns('figure', sums), figureLinks: arrayLiteral(sums.map(({ trackingUrlId }) => trackingUrlId ?? noLink)),
    ...columns('hour', ofHours), hourHours: arrayLiteral(ofHours.map(({ hour }) => hour)),
    ...columns('domain', ofDomains), domainTypes: arrayLiteral(ofDomains.map(({ of }) => of.entityType)), domainNames: arrayLiteral(ofDomains.map(({ of }) => of.domain)),
  })
}

type DomainChange = FigureChange & { of: NonNullable<FigureChange['of']> }

const keyOfFigure = ({ massEmailId, metric, trackingUrlId, machine }: FigureChange) => `${massEmailId} ${metric} ${trackingUrlId ?? noLink} ${machine ?? false}`
const keyOfHour = ({ massEmailId, hour, metric, machine }: HourChange) => `${massEmailId} ${hour.getTime()} ${metric} ${machine}`
const keyOfDomain = ({ massEmailId, metric, of: { entityType, domain } }: DomainChange) => `${massEmailId} ${entityType} ${domain} ${metric}`

const domainChanges = (figures: readonly FigureChange[]): DomainChange[] => figures.flatMap(({ massEmailId, campaignId, metric, trackingUrlId, machine, of, count }) => {
  const name = machine ? `machine ${metric}` : metric
  return of && !trackingUrlId && name in domainColumns ? [{ massEmailId, campaignId, metric: name, of, count }] : []
})

const columns = (kind: 'figure' | 'hour' | 'domain', changes: readonly (FigureChange | HourChange)[]) => ({
  [`${kind}MassEmails`]: arrayLiteral(changes.map((change) => change.massEmailId)), [`${kind}Campaigns`]: arrayLiteral(changes.map((change) => change.campaignId)),
  [`${kind}Metrics`]: arrayLiteral(changes.map((change) => change.metric)), [`${kind}Machines`]: arrayLiteral(changes.map((change) => change.machine ?? false)),
  [`${kind}Counts`]: arrayLiteral(changes.map((change) => change.count)),
})

const slot = (name: string) => new Slot(name)
const common = (kind: string) => sql`${slot(`${kind}MassEmails`)}::uuid[], ${slot(`${kind}Campaigns`)}::uuid[], ${slot(`${kind}Metrics`)}::text[], ${slot(`${kind}Machines`)}::boolean[], ${slot(`${kind}Counts`)}::bigint[]`
const commonNames = sql`mass_email_id, campaign_id, metric, machine, count`
const names = Object.values(domainColumns)
const listed = (each: (column: string) => string) => sql.raw(names.map(each).join(', '))

/** A domain has a row in its lane when it is one of the large ones of its mass email (see domains.ts); all others are counted together under ''. */
const add = prepareInside(sql`
  with each as (
    insert into figure as known (lane, ${commonNames}, tracking_url_id)
    select ${slot('lane')}::smallint, * from unnest(${common('figure')}, ${slot('figureLinks')}::uuid[])
    on conflict (lane, mass_email_id, metric, tracking_url_id, machine) do update set count = known.count + excluded.count
  ), by_hour as (
    insert into figure_hour as known (lane, ${commonNames}, hour)
    select ${slot('lane')}::smallint, * from unnest(${common('hour')}, ${slot('hourHours')}::timestamptz[])
    on conflict (lane, mass_email_id, hour, metric, machine) do update set count = known.count + excluded.count
  )
  insert into figure_domain as known (lane, mass_email_id, entity_type, domain, campaign_id, ${listed((column) => column)})
  select ${slot('lane')}::smallint, given.mass_email_id, given.entity_type, coalesce(large.domain, ''), given.campaign_id,
         ${listed((column) => `coalesce(sum(given.count::int) filter (where given.metric = '${metricOf(column)}'), 0)`)}
    from unnest(${common('domain')}, ${slot('domainTypes')}::text[], ${slot('domainNames')}::text[]) as given (${commonNames}, entity_type, domain)
    left join figure_domain large on large.lane = ${slot('lane')}::smallint and large.mass_email_id = given.mass_email_id
     and large.entity_type = given.entity_type and large.domain = lower(given.domain)
   group by 1, 2, 3, 4, 5 order by 2, 3, 4
  on conflict (lane, mass_email_id, entity_type, domain) do update set ${listed((column) => `${column} = known.${column} + excluded.${column}`)}`)

function metricOf(column: string): string {
  return Object.entries(domainColumns).find(([, name]) => name === column)![0]
}

/** One change for each key, none that is zero, in the order of the keys: all writers lock the rows in the same order. */
function summed<Change extends { count: number }>(changes: readonly Change[], keyOf: (change: Change) => string): Change[] {
  const sums = new Map<string, Change>()
  for (const change of changes) {
    const key = keyOf(change)
    const known = sums.get(key)
    if (known) known.count += change.count
    else sums.set(key, { ...change })
  }
  return [...sums.entries()].filter(([, { count }]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change)
}
