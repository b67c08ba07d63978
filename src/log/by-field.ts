/**
 * Figures by a field of the records: no counter could keep these, so they are counted when somebody asks. Of very many people some lanes
 * are counted: an address lies in any of them with the same chance, so they are a fair sample, and the answer says how large it is.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { FieldType, Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { laneCount } from '../platform/lanes.ts'
import { fieldOf, keyOf } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { readableList } from '../records/record-list.ts'
import { unproved } from './entry.ts'
import type { Scope } from './figures.ts'

/** About as many deliveries are looked at. */
const mostCounted = 100_000
const patienceMs = 8_000
const mostValues = 50
const groupable: readonly FieldType[] = ['text', 'enum', 'boolean', 'link', 'integer']

type FieldFigures = Record<'people' | 'sent' | 'delivered' | 'opened' | 'clicked' | 'optedOut' | 'bouncedHard' | 'bouncedSoft' | 'complained' | 'failed', number> & { value: string | null }

export async function figuresByField(db: Db, actor: Actor, scope: Scope, { entityType, field }: { entityType: string; field: string }) {
  const { listable, column, label } = columnFor(actor, entityType, field)
  const massEmails = await massEmailsOf(db, scope)
  const counted = Math.max(1, Math.min(laneCount, Math.floor((laneCount * mostCounted) / Math.max(1, await peopleIn(db, massEmails, entityType)))))
  const rows = await readWithin(db, patienceMs, (reading) => count(reading, { listable, column, massEmails, entityType, lanes: counted }))
  if (rows === tooLate) {
    throw new AppError('unavailable', 'figuresTooSlow', 'Counting by this field takes too long just now. Try again in a while, ask for one mass email, or build a report over deliveries.')
  }
  const share = counted / laneCount
  return { entityType, field, label, share, truncated: rows.length > mostValues, items: rows.slice(0, mostValues).map((row) => scaled(row, share)) }
}

/** Only fields with few values make sense, and only those that a list of these records could be filtered by. */
function columnFor(actor: Actor, entityType: string, name: string): { listable: Listable; column: RawBuilder<unknown>; label: string } {
  const type = findDefinition(entityType)
  if (!type?.mailable) throw invalid([{ path: 'entityType', message: `There is no mailable entity type "${entityType}".` }])
  const listable = readableList(type, actor)
  const found = Object.hasOwn(listable.columns, name) ? listable.columns[name]! : undefined
  if (!found || !groupable.includes(found.type) || name === 'id') throw invalid([{ path: 'field', message: `"${name}" is no field of ${type.plural} that people can be grouped by.` }])
  const field = fieldOf(type, name)
  const shown = field?.type === 'link' ? listable.columns[`${field.name}Name`]?.sql : undefined
  return { listable, column: shown ?? found.sql, label: field?.label ?? labelOfLinked(type.fields, name) }
}

function labelOfLinked(fields: Parameters<typeof fieldOf>[0]['fields'], name: string): string {
  const [link, own] = name.split('.')
  const field = fields.find((each) => each.name === link)
  const target = field?.linksTo === undefined ? undefined : findDefinition(field.linksTo)
  return [field?.label, target?.fields.find((each) => keyOf(each) === own)?.label].filter(Boolean).join(': ') || name
}

async function massEmailsOf(db: Db, { campaignId, massEmailId }: Scope): Promise<string[]> {
  if (massEmailId !== undefined && campaignId === undefined) return [massEmailId]
  const { rows } = await sql<{ id: string }>`
    select id::text from mass_email where campaign_id = ${campaignId!}::uuid ${massEmailId === undefined ? sql`` : sql`and id::text = ${massEmailId}`}`.execute(db)
  return rows.map(({ id }) => id)
}

async function peopleIn(db: Db, massEmails: readonly string[], entityType: string): Promise<number> {
  const { rows: [sum] } = await sql<{ people: number }>`
    select coalesce(sum(people), 0)::bigint as people from figure_domain where mass_email_id = any(${massEmails}::uuid[]) and entity_type = ${entityType}`.execute(db)
  return sum!.people
}

type Asked = { listable: Listable; column: RawBuilder<unknown>; massEmails: readonly string[]; entityType: string; lanes: number }

/** A record that is gone or may not be read has no value. */
async function count(db: Db, { listable, column, massEmails, entityType, lanes: upTo }: Asked): Promise<FieldFigures[]> {
  const people = (action: string) => sql`count(*) filter (where happened.actions ? ${action})`
  const { rows } = await sql<FieldFigures>`
    with person as materialized (
      select d.lane, d.id, d.record_id, d.status from delivery d
       where d.lane = any(${Array.from({ length: upTo }, (_, lane) => lane)}::smallint[]) and d.mass_email_id = any(${massEmails}::uuid[]) and not d.test and d.entity_type = ${entityType}
    ), known as (select ${listable.id} as id, nullif((${column})::text, '') as value from ${listable.from} where ${listable.where ?? sql`true`})
    select value, count(*) as people, count(*) filter (where status = 'sent') as sent, count(*) filter (where status = 'failed') as failed,
           ${people('opened')} as opened, ${people('clicked')} as clicked, ${people('optedOut')} as opted_out, ${people('complained')} as complained,
           count(*) filter (where status = 'sent' and happened.actions ? 'hard') as bounced_hard,
           count(*) filter (where status = 'sent' and happened.actions ? 'soft' and not happened.actions ? 'hard') as bounced_soft
      from person left join known on known.id = person.record_id
      cross join lateral (
        select coalesce(jsonb_object_agg(case when e.action = 'bounced' then e.subject else e.action end, 1), '{}') as actions from log_entry e
         where e.lane = person.lane and e.delivery_id = person.id and e.action in ('opened', 'clicked', 'optedOut', 'complained', 'bounced')
           and not e.machine and not e.test and e.subject <> ${unproved}) happened
     group by value order by value is null, people desc, value limit ${mostValues + 1}`.execute(db)
  return rows
}

function scaled({ value, ...numbers }: FieldFigures, share: number) {
  const all = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, Math.round(number / share)])) as Omit<FieldFigures, 'value'>
  return { value, ...all, delivered: all.sent - all.bouncedHard - all.bouncedSoft }
}
