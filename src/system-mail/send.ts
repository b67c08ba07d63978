/**
 * Carries what lies in the outbox. It goes before all other mail, counts in the hour and never waits for it. Whoever carries a mail has
 * claimed it for a while; when he dies, another one goes on after that: without the mark it is free of risk, with it the mail may have
 * arrived, and is sent again with the same Message-ID or, by the setting *Never twice*, not at all.
 */
import { type Selectable, sql } from 'kysely'
import { prepareMessage } from '../message/compose.ts'
import type { Envelope } from '../outbound/envelope.ts'
import { type Outcome, without } from '../outbound/outcome.ts'
import { returnPath } from '../outbound/return-path.ts'
import { countUses } from '../pace/allowance.ts'
import { accountOwner, instance } from '../pace/scopes.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { startLoop } from '../platform/loop.ts'
import type { Tables } from '../platform/tables.ts'
import { connections, type MailGround, openWays, signed, type Way, type Ways } from './way.ts'

type Waiting = Selectable<Tables['systemMail']>

/** Longer than the impatient deadlines of one message together. */
const claimSeconds = 300

export function startSystemMail(ground: MailGround): { stop(): Promise<void> } {
  return startLoop({ name: 'system mail', everyMs: 1_000, log: ground.log, work: async () => { await sendSystemMail(ground) } })
}

/** Carries what is due, then answers how many were dealt with. */
export async function sendSystemMail(ground: MailGround): Promise<number> {
  const { rows } = await sql`select from system_mail where due_at <= ${ground.clock()} limit 1`.execute(ground.db)
  const ways = rows.length > 0 ? await openWays(ground) : null
  if (!ways) return 0
  const carryAll = async () => {
    let count = 0
    while (await sendNext(ground, ways)) count++
    return count
  }
  try {
    const counts = await Promise.all(Array.from({ length: connections }, carryAll))
    return counts.reduce((sum, count) => sum + count, 0)
  } finally {
    await ways.close()
  }
}

/** Answers whether there was one. */
async function sendNext(ground: MailGround, ways: Ways): Promise<boolean> {
  const { db } = ground
  const now = ground.clock()
  const mail = await claim(db, now)
  if (!mail) return false
  if (isEmptied(mail)) {
    await settle(db, mail, mail.wireAt ? 'uncertain' : 'failed', 'The secret that sealed its text was lost, so nobody can read it any more. Ask for a new one.', now)
    return true
  }
  const way = await ways.of(mail)
  if (mail.wireAt && way.settings.neverTwice) await settle(db, mail, 'uncertain', 'It may have arrived, and mail is never sent twice.', now)
  else if (mail.expiresAt && mail.expiresAt <= now) await settle(db, mail, mail.wireAt ? 'uncertain' : 'failed', mail.reply || 'It could not be sent in time.', now)
  else await act(db, mail, await carry(ground, way, mail, now), way, now)
  return true
}

/** Every mail is written with a text: one without had a sealed text, which was emptied because nobody could open it. */
const isEmptied = ({ textSealed, textBody, htmlBody }: Waiting): boolean => textSealed === null && textBody === '' && htmlBody === null

/** `attempts` is the fencing token: it grows with each claim, and who has an older one writes nothing. */
async function claim(db: Db, now: Date): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    update system_mail set due_at = ${now}::timestamptz + make_interval(secs => ${claimSeconds}), attempts = attempts + 1
     where id = (select id from system_mail where due_at <= ${now} order by due_at, id limit 1 for update skip locked) returning *`.execute(db)
  return rows[0]
}

async function carry(ground: MailGround, way: Way, mail: Waiting, now: Date): Promise<Outcome> {
  if (!way.from) return without('accountFailure', 'connect', 'There is no address to send from. Set one under Administration > Outbound Emails.')
  try {
    const { envelope, messageId } = await compose(ground, way, way.from, mail, now)
    const outcome = await way.pool.carry(envelope, () => mark(ground.db, mail, messageId, now))
    if (outcome.stage === 'dot') await countUses(ground.db, ground.clock, [{ owners: [instance, accountOwner(way.account.id)], count: 1 }])
    return outcome
  } catch (error) {
    ground.log.error({ error: (error as Error).message, purpose: mail.purpose }, 'a system mail failed')
    return without('accountFailure', 'connect', (error as Error).message)
  }
}

/** Durable before the final dot. Answers false when the claim is somebody else's by now. */
async function mark(db: Db, { id, attempts }: Waiting, messageId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('systemMail')
    .set({ messageId, wireAt: now, repeats: sql`repeats + (wire_at is not null)::int` }).where('id', '=', id).where('attempts', '=', attempts).executeTakeFirst()
  return numUpdatedRows > 0n
}

async function compose(ground: MailGround, { account, settings }: Way, from: { address: string; name: string }, mail: Waiting, now: Date): Promise<{ envelope: Envelope; messageId: string }> {
  const files = await ground.db.selectFrom('systemMailFile').select(['fileName', 'contentType', 'contentId', 'content']).where('mailId', '=', mail.id).orderBy('place').execute()
  const messageId = mail.messageId ?? `${mail.purpose.toLowerCase()}.${mail.id}@${domainOf(from.address)}`
  const message = prepareMessage({
    from, more: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }, text: [mail.textSealed === null ? mail.textBody : ground.secrets.open(mail.textSealed)], html: mail.htmlBody === null ? null : [mail.htmlBody], files,
  })
  const { bytes, smtpUtf8 } = message.compose({ to: { address: mail.toAddress, name: mail.toName }, subject: mail.subject, date: now, messageId })
  const content = await signed(ground, from.address, bytes, now)
  return { messageId, envelope: { from: mail.returnPath ?? returnPath({ account, settings, from: from.address }, null), to: mail.toAddress, content, utf8Header: smtpUtf8 } }
}

/** Minutes until the next try. */
const pauses = [1, 5, 15, 60]

function act(db: Db, mail: Waiting, { kind, reply }: Outcome, { settings }: Way, now: Date): Promise<void> {
  if (kind === 'sent' || kind === 'failed') return settle(db, mail, kind, reply, now)
  if (kind === 'uncertain') return settings.neverTwice ? settle(db, mail, kind, reply, now) : tryAgain(db, mail, { reply }, settings.retryUncertainAfterSeconds, now)
  // It certainly did not arrive this time, even where the answer came behind the dot: the mark of this try is taken back, that of one before it stays.
  return tryAgain(db, mail, { reply, wireAt: mail.wireAt, repeats: mail.repeats }, 60 * (pauses[mail.attempts - 1] ?? pauses.at(-1)!), now)
}

async function tryAgain(db: Db, { id, attempts }: Waiting, found: Partial<Waiting>, seconds: number, now: Date): Promise<void> {
  await db.updateTable('systemMail').set({ ...found, dueAt: new Date(now.getTime() + seconds * 1_000) }).where('id', '=', id).where('attempts', '=', attempts).execute()
}

async function settle(db: Db, { id, attempts }: Waiting, status: 'sent' | 'failed' | 'uncertain', reply: string, now: Date): Promise<void> {
  await db.updateTable('systemMail').set({ status, reply, dueAt: null, endedAt: now }).where('id', '=', id).where('attempts', '=', attempts).execute()
}
