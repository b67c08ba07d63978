/** *Send me a test*: the whole way from connecting to the final dot, once, with the server's own words as the answer. */
import { randomBytes } from 'node:crypto'
import { impatientDeadlines } from './deadlines.ts'
import { type Outcome, without } from './outcome.ts'
import { openSession, quit, type SmtpTarget } from './session.ts'
import { carry } from './transaction.ts'

export type TestMail = { from: string; to: string; date: Date }

/** Signs in, and sends a short mail when `mail` is given. Nothing is tried twice. */
export async function testAccount(target: SmtpTarget, mail: TestMail | null, deadlines = impatientDeadlines): Promise<Outcome> {
  const session = await openSession({ ...target, deadlines })
  if ('kind' in session) return session
  try {
    if (!mail) return without('sent', 'auth', session.welcome)
    return await carry(session, { from: mail.from, to: mail.to, content: contentOf(mail) }, () => true)
  } finally {
    await quit(session)
  }
}

function contentOf({ from, to, date }: TestMail): Buffer {
  const id = `${randomBytes(12).toString('hex')}@${from.slice(from.lastIndexOf('@') + 1)}`
  return Buffer.from([
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`, `From: ${from}`, `To: ${to}`, 'Subject: [Test] Mail from Tidings works', `Message-ID: <${id}>`,
    'Auto-Submitted: auto-generated', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=us-ascii', '',
    'This outbound account works: the server took this mail.', '',
  ].join('\r\n'), 'utf8')
}
