/** A conversation with an IMAP server (RFC 3501), opened and signed in. Folders are opened read-only unless somebody asks otherwise. */
import { setTimeout as wait } from 'node:timers/promises'
import { ImapFlow, type MailboxObject } from 'imapflow'
import type { TokenGround } from '../outbound/access-token.ts'
import type { MailAccount } from './accounts.ts'
import { mailboxToken } from './oauth.ts'

export type Imap = ImapFlow

const deadlines = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 }
/** For Delivery Health, which has five seconds. Servers answer a wrong password late on purpose: that answer is waited for. */
const hurriedDeadlines = { connectionTimeout: 4_500, greetingTimeout: 4_500, socketTimeout: 20_000 }
/** Nobody sends more in one line or one mail than we fetch; a server gone mad must not fill the memory. */
const limits = { maxLiteralSize: 32_000_000, maxLineLength: 32_000_000 }

/** IDLE is begun anew after this: servers end it after half an hour (RFC 2177). */
const idling = { disableAutoIdle: false, autoIdleDelay: 100, maxIdleTime: 10 * 60_000, socketTimeout: 15 * 60_000 }

/** Throws what the server or the system said; imap-advice.ts puts it in words. `idle`: whenever nothing is asked, the server tells what arrives. */
export async function openImap(ground: TokenGround, account: MailAccount, { idle = false, hurried = false } = {}): Promise<Imap> {
  if (!account.imapHost) throw new Error('No IMAP server is set.')
  const client = new ImapFlow({
    host: account.imapHost, port: account.imapPort, secure: account.imapSecurity === 'tls', doSTARTTLS: account.imapSecurity === 'starttls',
    auth: await signIn(ground, account), logger: false, disableAutoIdle: true, clientInfo: { name: 'Tidings' }, ...(hurried ? hurriedDeadlines : deadlines), ...limits, ...(idle && idling),
  })
  // A connection that breaks between two commands is told by the next command; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  return client
}

async function signIn(ground: TokenGround, account: MailAccount) {
  if (account.imapAuth === 'password') {
    return { user: account.imapUsername, pass: account.imapPasswordSealed === null ? '' : ground.secrets.open(account.imapPasswordSealed) }
  }
  const answer = await mailboxToken(ground, account)
  if ('reason' in answer) throw new Error(`No access token: ${answer.reason}`)
  return { user: account.imapUsername, accessToken: answer.token }
}

/** Looking changes nothing (RFC 3501 6.3.2 EXAMINE). The error names the folder, so that a person knows which one it is about. */
export async function openFolder(client: Imap, folder: string, { readOnly }: { readOnly: boolean }): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(folder, { readOnly })
  } catch (error) {
    throw Object.assign(error as Error, { path: folder })
  }
}

const goodbyeMs = 2_000

/** A server that does not answer is left all the same. */
export async function closeImap(client: Imap): Promise<void> {
  if (client.usable) await Promise.race([client.logout().catch(() => {}), wait(goodbyeMs, undefined, { ref: false })])
  client.close()
}
