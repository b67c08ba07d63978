/** A campaign ready to go to a scripted SMTP server: contacts, list, template, mass email, all made by the API. */
import { sql } from 'kysely'
import type { TestApp } from './app.ts'
import type { ScriptedServer } from './scripted-smtp-server.ts'

export type GivenMassEmail = { id: string; campaignId: string; targetListId: string; templateId: string; contactIds: string[] }

/** Mail goes to this server, by the system account. */
export async function sendThrough(app: TestApp, { port }: { port: number }, settings: object = {}) {
  await expectStatus(app.api.patch('/settings/outbound-emails', {
    systemSmtp: { host: '127.0.0.1', port, security: 'none' }, fromAddress: 'news@acme.example', fromName: 'Acme', ...settings,
  }), 200)
}

/** Names become `anna@example.net`; a number makes so many people. */
export async function givenPeople(app: TestApp, people: string[] | number): Promise<string[]> {
  const names = typeof people === 'number' ? Array.from({ length: people }, (_, index) => `r${String(index).padStart(4, '0')}`) : people
  const { rows } = await sql<{ id: string }>`
    insert into contact (id, first_name, last_name, email_address)
    select uuid_v7(), initcap(name), 'Reader', name || '@example.net' from unnest(${names}::text[]) with ordinality as given (name, n) order by n returning id`.execute(app.db)
  return rows.map(({ id }) => id)
}

/** Draft or Pending, due now. */
export async function givenMassEmail(
  app: TestApp, { to, status = 'pending', type = 'email', body = '<p>Hello {Person.firstName|there}</p>' }: { to: string[] | number; status?: 'draft' | 'pending'; type?: string; body?: string },
): Promise<GivenMassEmail> {
  const contactIds = await givenPeople(app, to)
  const list = await expectStatus(app.api.post('/target-lists', { name: 'Readers' }), 201)
  await app.db.insertInto('targetListMember').values(contactIds.map((recordId) => ({ targetListId: list.id, entityType: 'Contact', recordId }))).execute()
  const template = await expectStatus(app.api.post('/email-templates', { name: 'News', subject: 'News for {Person.firstName}', body, format: 'html' }), 201)
  const campaign = await expectStatus(app.api.post('/campaigns', { name: 'Spring', type, status: 'active', targetListIds: [list.id] }), 201)
  const massEmail = await expectStatus(app.api.post('/mass-emails', {
    campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: app.clock.read().toISOString(), status,
  }), 201)
  return { id: massEmail.id, campaignId: campaign.id, targetListId: list.id, templateId: template.id, contactIds }
}

async function expectStatus(answer: Promise<{ status: number; body: any; text: string }>, status: number) {
  const { status: got, body, text } = await answer
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${text}`)
  return body
}

/** By first name: `{ anna: ['sent', null] }`. */
export async function statusesOf(app: TestApp, { id }: { id: string }): Promise<Record<string, [string, string | null]>> {
  const rows = await app.db.selectFrom('delivery').select(['emailAddress', 'status', 'reasonCode']).where('massEmailId', '=', id).where('test', '=', false).orderBy('emailAddress').execute()
  return Object.fromEntries(rows.map((row) => [row.emailAddress.split('@')[0]!, [row.status, row.reasonCode]]))
}

export async function countsOf(app: TestApp, { id }: { id: string }): Promise<Record<string, number>> {
  const { rows } = await sql<{ status: string; count: number }>`select status, count(*) as count from delivery where mass_email_id = ${id} and not test group by status`.execute(app.db)
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

export const statusOf = async (app: TestApp, { id }: { id: string }) => (await app.api.get(`/mass-emails/${id}`)).body.status as string

/** The recipients of the messages that the server took, in order. */
export const recipientsAt = ({ contents }: ScriptedServer) => contents.map((content) => /^To: .*?([^\s<]+)@example\.net/m.exec(content)?.[1] ?? '')

/** A run of Send Mass Emails by itself: freezes and opens, sends nothing. */
export const openBatch = (app: TestApp) => app.jobs['send-mass-emails']!.run({ db: app.db, clock: app.clock.read, signal: new AbortController().signal })
