/** The mass email that is measured: its people, its sending, one message caught as it goes out, and the proof that nothing is missing at the end. */
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import type { Api } from '../src/demo/api.ts'
import { verifyFigures } from '../src/log/recount.ts'
import type { Db } from '../src/platform/db.ts'
import { type Made, makePending, runSendMassEmails, sendThrough, untilComplete } from '../test/servers/sending.ts'
import { letter, subject } from './letter.ts'

/** What every measured account has: as many connections as the peers, and the pixel. */
export const sessions = 20
export const senderDomain = 'shop.example'
export const sendInto = (api: Api, port: number, more: object = {}) => sendThrough(api, port, { connections: sessions, openTracking: true, ...more })

/** That many contacts in a new target list. */
export async function givenReaders(api: Api, db: Db, count: number): Promise<string> {
  const { id } = await api.post<Made>('/target-lists', { name: `${count} readers` })
  await sql`
    with made as (
      insert into contact (id, first_name, last_name, email_address)
      select uuid_v7(), 'First' || n, 'O''Reader ' || n, 'reader' || n || '@good.test' from generate_series(1, ${count}::int) n returning id)
    insert into target_list_member (target_list_id, entity_type, record_id) select ${id}::uuid, 'Contact', id from made`.execute(db)
  // As an import does: what comes next is planned by statistics.
  await sql`analyze contact, target_list_member`.execute(db)
  return id
}

/** Pending: its pre-flight, which nobody waits for when it starts by its date, is done. */
export const setPending = async (api: Api, targetListId: string): Promise<string> => (await makePending(api, { targetListId, subject, body: letter })).id

/** From Pending to Complete. */
export async function sendPending(api: Api, massEmailId: string): Promise<void> {
  await runSendMassEmails(api)
  await untilComplete(api, massEmailId, 3_600_000)
}

/** One message as it leaves, whole. From then on the account sends nowhere until it is told where. */
export async function catchOne(api: Api, db: Db): Promise<string> {
  let caught = ''
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true,
    onData: (stream, _session, done) => { void text(stream).then((message) => { caught = message }).then(() => done(), done) },
  })
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  await sendInto(api, (listener.address() as AddressInfo).port)
  await sendPending(api, await setPending(api, await givenReaders(api, db, 1)))
  await new Promise<void>((resolve) => server.close(resolve))
  return caught
}

/** Ledger, log and figures tell of `count` sent messages, and the figures are what a recount finds; else an error says what is missing. */
export async function expectWhole(api: Api, db: Db, massEmailId: string, count: number): Promise<void> {
  const { rows: [ledger] } = await sql<{ sent: number; logged: number }>`
    select (select count(*) from delivery where mass_email_id = ${massEmailId}::uuid and status = 'sent') as sent,
           (select count(distinct delivery_id) from log_entry where mass_email_id = ${massEmailId}::uuid and action = 'sent') as logged`.execute(db)
  const figures = await api.get<{ sent: number }>(`/mass-emails/${massEmailId}/figures`)
  const found = { deliveries: ledger!.sent, logged: ledger!.logged, figures: figures.sent }
  if (Object.values(found).some((number) => number !== count)) throw new Error(`Not everything is there of ${count} messages: ${JSON.stringify(found)}`)
  const differences = await verifyFigures(db)
  if (differences.length > 0) throw new Error(`The figures are wrong: ${JSON.stringify(differences.slice(0, 3))}`)
}
