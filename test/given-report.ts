/** Reports and lists in step with them, for tests. People are contacts with a city; reports ask for the city. */
import { sql } from 'kysely'
import type { TestApp } from './app.ts'

type Api = TestApp['api']

/** `{ anna: 'Berlin' }` becomes a contact with anna@example.net. Answers ids by name. */
export async function givenContactsIn(app: TestApp, cities: Record<string, string>): Promise<Record<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    insert into contact (id, first_name, email_address, address_city)
    select uuid_v7(), name, name || '@example.net', city from jsonb_each_text(${JSON.stringify(cities)}::jsonb) as given (name, city) returning id, first_name as name`.execute(app.db)
  return Object.fromEntries(rows.map(({ id, name }) => [name, id]))
}

export const inCity = (city: string) => ({ field: 'addressCity', op: 'equals', value: city })

export async function givenReport({ api }: { api: Api }, filter: object = inCity('Berlin'), more: object = {}): Promise<string> {
  const { status, body, text } = await api.post('/reports', { name: 'People', entityType: 'Contact', kind: 'list', filter, ...more })
  if (status !== 201) throw new Error(`report: ${status} ${text}`)
  return body.id
}

/** A list, in step with these reports; nothing has run yet. */
export async function givenListInStep({ api }: { api: Api }, reportIds: string[], how: object = {}, name = 'Berliners'): Promise<string> {
  const { body: { id } } = await api.post('/target-lists', { name })
  const { status, text } = await api.put(`/target-lists/${id}/report-sync`, { reportIds, mode: 'mirror', strict: false, active: true, ...how })
  if (status !== 200) throw new Error(`report-sync: ${status} ${text}`)
  return id
}

/** First names of the members, in order. */
export async function membersOf(app: TestApp, listId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.first_name as name from target_list_member m join contact c on c.id = m.record_id where m.target_list_id = ${listId} order by 1`.execute(app.db)
  return rows.map(({ name }) => name)
}

export const moveTo = (app: TestApp, city: string, ids: (string | undefined)[]) =>
  sql`update contact set address_city = ${city} where id = any(${ids as string[]}::uuid[])`.execute(app.db)

export const runSyncJob = (app: TestApp) => app.jobs['sync-target-lists']!.run({ db: app.db, clock: app.clock.read, signal: new AbortController().signal })
