/** *Test* of either side of a group email account: what the server says, what it means, what to do. Changes nothing there. */
import { testAccount } from '../outbound/account-test.ts'
import { ehloNameFor } from '../outbound/accounts.ts'
import { adviceFor } from '../outbound/advice.ts'
import type { TokenGround } from '../outbound/access-token.ts'
import type { Security, SmtpTarget } from '../outbound/session.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import type { MailAccount } from './accounts.ts'
import { noteRefusal } from './check-accounts.ts'
import { closeImap, type Imap, openFolder, openImap } from './imap.ts'
import { imapAdvice } from './imap-advice.ts'
import { mailboxToken } from './oauth.ts'

/** A refusal counts as one of the job: whoever asks too often is shut out. */
export async function testImapSide(ground: TokenGround, account: MailAccount, now: Date, { hurried = false } = {}) {
  const folders: { folder: string; messages: number }[] = []
  let imap: Imap | null = null
  try {
    imap = await openImap(ground, account, { hurried })
    for (const folder of account.monitoredFolders) folders.push({ folder, messages: (await openFolder(imap, folder, { readOnly: true })).exists })
    const inWords = folders.map(({ folder, messages }) => `${folder} (${messages.toLocaleString('en')})`).join(', ')
    await ground.db.updateTable('groupEmailAccount').set({ refusedInRow: 0 }).where('id', '=', account.id).execute()
    return { ok: true, reply: 'OK', message: `The mailbox can be read: ${inWords}.`, advice: '', folders }
  } catch (error) {
    const failure = imapAdvice(error, { host: account.imapHost, port: account.imapPort })
    if (failure.refused) await noteRefusal(ground.db, account, failure, now)
    return { ok: false, reply: failure.reply, message: failure.message, advice: failure.advice, folders }
  } finally {
    if (imap) await closeImap(imap)
  }
}

export async function testSmtpSide(ground: TokenGround, account: MailAccount, to: string | undefined, now: Date) {
  if (!account.smtpHost) return { ok: false, reply: 'No SMTP server is set.', message: 'No SMTP server is set.', advice: 'Enter its host, user name and password.' }
  const target = await targetOf(ground, account)
  const outcome = await testAccount(target, to ? { from: account.emailAddress || to, to, date: now } : null)
  if (outcome.kind !== 'sent') return { ok: false, reply: outcome.reply, ...adviceFor(outcome, target) }
  return { ok: true, reply: outcome.reply, message: to ? 'The server took the mail.' : 'The server accepts us.', advice: to ? `Look whether it arrives at ${to}.` : '' }
}

async function targetOf(ground: TokenGround, account: MailAccount): Promise<SmtpTarget> {
  const { smtpHost: host, smtpPort: port, smtpSecurity, smtpUsername, smtpPasswordSealed, smtpAuth } = account
  return {
    host, port, security: smtpSecurity as Security, ehloName: ehloNameFor(publicUrlOf(await readGeneral(ground.db))), username: smtpUsername || null,
    password: smtpPasswordSealed === null ? null : ground.secrets.open(smtpPasswordSealed),
    tokens: smtpAuth === 'oauth2' ? { current: () => mailboxToken(ground, account), forget: async () => {} } : null,
  }
}
