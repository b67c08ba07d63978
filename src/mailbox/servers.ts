/** The two servers of a group email account: how a change joins what is stored. Pure. */
import { given } from '../platform/given.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { MailAccount } from './accounts.ts'
import type { GroupEmailAccountChange } from './contract.ts'

export type Side = 'imap' | 'smtp'
export type Server = { host: string; port: number; security: string; auth: string; username: string; passwordSealed: string | null }

const unset: Record<Side, Server> = {
  imap: { host: '', port: 993, security: 'tls', auth: 'password', username: '', passwordSealed: null },
  smtp: { host: '', port: 587, security: 'starttls', auth: 'password', username: '', passwordSealed: null },
}

export const serverOf = (side: Side, account: MailAccount): Server => (side === 'imap'
  ? { host: account.imapHost, port: account.imapPort, security: account.imapSecurity, auth: account.imapAuth, username: account.imapUsername, passwordSealed: account.imapPasswordSealed }
  : { host: account.smtpHost, port: account.smtpPort, security: account.smtpSecurity, auth: account.smtpAuth, username: account.smtpUsername, passwordSealed: account.smtpPasswordSealed })

/** `null` empties. A password that is not given is kept only while host and user name stay: it must not reach another server. */
export function mergedServer(side: Side, account: MailAccount, change: NonNullable<GroupEmailAccountChange[Side]> | null, secrets: Secrets): Server {
  if (change === null) return unset[side]
  const before = serverOf(side, account)
  const { password, ...rest } = change
  const after = { ...before, ...given(rest) }
  const sameServer = after.host === before.host && after.username === before.username
  const passwordSealed = password ? secrets.seal(password) : password === undefined && sameServer ? before.passwordSealed : null
  return { ...after, passwordSealed }
}

export const serverColumns = (side: Side, { host, port, security, auth, username, passwordSealed }: Server) => (side === 'imap'
  ? { imapHost: host, imapPort: port, imapSecurity: security, imapAuth: auth, imapUsername: username, imapPasswordSealed: passwordSealed }
  : { smtpHost: host, smtpPort: port, smtpSecurity: security, smtpAuth: auth, smtpUsername: username, smtpPasswordSealed: passwordSealed })
