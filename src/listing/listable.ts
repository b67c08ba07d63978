/** What a list is made of, as data: the columns one may show, filter and sort by. No SQL is run here. */
import type { RawBuilder } from 'kysely'

export const fieldTypes = [
  'text', 'longText', 'integer', 'decimal', 'boolean', 'date', 'dateTime', 'enum', 'multiEnum',
  'email', 'phone', 'url', 'currency', 'link', 'linkMultiple',
] as const
export type FieldType = (typeof fieldTypes)[number]

export type ListColumn = {
  type: FieldType
  /** What filters and sorting look at: text, number, boolean, date, timestamptz, uuid, or an array for the multiple types. */
  sql: RawBuilder<unknown>
  /** The value that is shown, when it is not what filters look at. */
  select?: RawBuilder<unknown>
  /** The same in lower case where that is stored or indexed as something else than `lower(sql)`. */
  folded?: RawBuilder<unknown>
  options?: readonly string[]
  /** True when the expression is never NULL: ascending pages then start right in the index. */
  notNull?: boolean
  /** False for what can be filtered and named in `fields`, but is not shown by itself (fields of linked records). */
  shown?: boolean
  /** True for a column of what `from` joins and `plain` leaves out. */
  joined?: boolean
}

/** `some`: whether one of the many is as the condition on the column says. */
export type RelatedColumn = { column: ListColumn; some: (condition: RawBuilder<boolean>) => RawBuilder<boolean> }

export const activities = ['sent', 'opened', 'clicked', 'optedOut', 'bounced', 'replied'] as const

/** "Did this in a campaign": a leaf that looks in the campaign log instead of at a field. */
export type ActivityLeaf = {
  activity: (typeof activities)[number]
  campaignId?: string
  /** In one of these. */
  campaignIds?: string[]
  /** In one of the so many campaigns that may be read whose mass emails began to go out last. */
  lastCampaigns?: number
  massEmailId?: string
  trackingUrlId?: string
  withinDays?: number
}

export type Listable = {
  from: RawBuilder<unknown>
  /** `from` without the joins that only the columns marked `joined` need. PostgreSQL drops such joins too, but then reads the table where an index would do. */
  plain?: RawBuilder<unknown>
  where?: RawBuilder<boolean>
  /** Unique, the tie-break of every sort. */
  id: RawBuilder<unknown>
  columns: Record<string, ListColumn>
  /** Text expressions that `q` looks in; every word of it must be found in one of them. */
  search: RawBuilder<unknown>[]
  /** A column, `-` before it for descending. */
  defaultSort: string
  /**
   * The column, never NULL, that orders equal values before the id does. An index on (field, this, id) then serves a filter by the field in this order
   * as well as the sort by the field.
   */
  tieBreak?: string
  /** May have millions of rows: reads have deadlines, totals begin with an estimate, and what is joined for show is joined for the page's rows only. */
  large?: boolean
  /** The rows with these ids, as an index finds them. Without it `id` of a large list is a uuid. */
  among?: (ids: string[]) => RawBuilder<boolean>
  /** Is the record in one of these target lists? Without it `memberOf` is refused. */
  memberOf?: (targetListIds: string[]) => RawBuilder<boolean>
  /** Fields of the many at the other end of a relationship (`contacts.addressCity` of an account): to filter by, never to show or sort by. */
  related?: (name: string) => RelatedColumn | undefined
  /** Did the record do this? Without it `activity` leaves are refused. */
  activity?: (leaf: ActivityLeaf, context: ListContext) => RawBuilder<boolean>
}

/** Now, and the time zone in which days and months begin. */
export type ListContext = { now: Date; timeZone: string }
