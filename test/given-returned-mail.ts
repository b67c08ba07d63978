/** What comes back, written as servers and people write it: delivery reports, complaints, replies; and the sent deliveries that they are about. */
import { sql } from 'kysely'
import { unsubscribeMailto } from '../src/message/unsubscribe-mail.ts'
import { linkKeyPurpose, linksFor } from '../src/message/recipient-links.ts'
import { newId } from '../src/platform/id.ts'
import { encodeToken, encodeVerp } from '../src/platform/token.ts'
import type { TestApp } from './app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, type LedgerDelivery, settled } from './given-ledger.ts'

/** A mass email that was sent to these addresses; in the order of the addresses. */
export async function givenSent(app: TestApp, addresses: string[], { test = false, status = 'sent' as 'sent' | 'uncertain' | 'pending' } = {}) {
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId), campaignId }
  await app.db.updateTable('massEmail').set({ frozenAt: app.clock.read() }).where('id', '=', massEmail.id).execute()
  const deliveries = await givenDeliveries(app.db, massEmail, addresses, { test })
  if (status !== 'pending') {
    await sql`update delivery set wire_at = ${app.clock.read()}, sent_at = case when ${status === 'sent'} then ${app.clock.read()}::timestamptz end where mass_email_id = ${massEmail.id}`.execute(app.db)
    if (!test) await settled(app.db, deliveries, 'sending', status)
  }
  return { campaignId, massEmail, deliveries }
}

export async function givenMailbox(app: TestApp, values: object = {}): Promise<string> {
  const id = newId()
  await app.db.insertInto('groupEmailAccount').values({ id, name: 'Bounces', fetchSince: app.clock.read(), ...values }).execute()
  return id
}

type About = Pick<LedgerDelivery, 'lane' | 'id'>
const keyOf = (app: TestApp) => app.secrets.key(linkKeyPurpose)
export const verpOf = (app: TestApp, { lane, id }: About) => `bounce+${encodeVerp(keyOf(app), lane, id)}@bounces.acme.example`
export const messageIdOf = (app: TestApp, { lane, id }: About) => `<${encodeToken(keyOf(app), { purpose: 'messageId', lane, id })}@acme.example>`
export const deliveryTokenOf = (app: TestApp, { lane, id }: About) => encodeToken(keyOf(app), { purpose: 'delivery', lane, id })

let count = 0
const lines = (...parts: string[]): Buffer => Buffer.from(parts.join('\r\n'))
const ownId = () => `<report-${++count}@mx.example.net>`

type Report = { to?: string; recipients: string[]; action?: string; status?: string; diagnostic?: string; original?: string[]; messageId?: string }

/** RFC 3464, as Postfix writes it. `original`: header lines of the returned mail. */
export function report({ to = 'bounces@acme.example', recipients, action = 'failed', status = '5.1.1', diagnostic = 'smtp; 550 5.1.1 no such user here', original = [], messageId = ownId() }: Report): Buffer {
  return lines(
    'Return-Path: <>', 'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)', `To: ${to}`, `Message-ID: ${messageId}`, 'Date: Tue, 01 Jan 2030 12:00:00 +0000',
    'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
    '--b', 'Content-Type: text/plain', '', 'This is the mail system at host mx.example.net.', '', ...recipients.map((recipient) => `<${recipient}>: ${diagnostic}`), '',
    '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net', '',
    ...recipients.flatMap((recipient) => [`Final-Recipient: rfc822; ${recipient}`, `Action: ${action}`, `Status: ${status}`, `Diagnostic-Code: ${diagnostic}`, '']),
    '--b', 'Content-Type: text/rfc822-headers', '', ...original, 'Subject: News', '', '--b--', '',
  )
}

/** RFC 5965, as mailbox providers send it; they often leave the recipient out. */
export function complaint({ original, recipient }: { original: string[]; recipient?: string }): Buffer {
  return lines(
    'From: complaints@provider.example', 'To: abuse@acme.example', `Message-ID: ${ownId()}`, 'Subject: Email feedback report', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', '',
    '--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Provider/1.0', 'Version: 1', ...(recipient ? [`Original-Rcpt-To: ${recipient}`] : []), '',
    '--b', 'Content-Type: text/rfc822-headers', '', ...original, 'Subject: News', '', '--b--', '',
  )
}

export const letter = ({ from, to = 'news@acme.example', subject, headers = [], text = 'Hello' }: { from: string; to?: string; subject: string; headers?: string[]; text?: string }): Buffer =>
  lines(`From: ${from}`, `To: ${to}`, `Message-ID: ${ownId()}`, 'Date: Tue, 01 Jan 2030 12:00:00 +0000', `Subject: ${subject}`, ...headers, 'Content-Type: text/plain; charset=utf-8', '', text, '')

/** What a mail program sends when somebody presses *Unsubscribe* and only the mailto is there. */
export function unsubscribeMail(app: TestApp, about: LedgerDelivery, from = about.emailAddress): Buffer {
  const subject = new URL(unsubscribeMailto('news@acme.example', linksFor(keyOf(app), '', about).optOutUrl)).searchParams.get('subject')!
  return letter({ from, subject, text: '' })
}
