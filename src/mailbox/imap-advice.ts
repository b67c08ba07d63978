/** What stops us from reading a mailbox, in words, and what to do about it. Pure. */
/** `refused`: the server does not know us; asking again soon makes it worse. */
export type Advice = { reply: string; message: string; advice: string; refused: boolean }
type Server = { host: string; port: number }
type Failure = Error & {
  code?: string; authenticationFailed?: boolean; responseText?: string; response?: unknown; serverResponseCode?: string; mailboxMissing?: boolean; path?: string; tlsFailed?: boolean
}
type Rule = { fits: (said: string, failure: Failure) => boolean; message: (server: Server, failure: Failure) => string; advice: string }

/** The first that fits; the last fits everything. */
const rules: Rule[] = [
  { fits: (said) => /No IMAP server/.test(said), message: () => 'No IMAP server is set.', advice: 'Enter host, user name and password of the mailbox.' },
  { fits: (said) => said.startsWith('No access token'), message: () => 'No access token could be had for this mailbox.', advice: 'Look at token address, client and secret. If the consent was withdrawn or has run out, enter a new refresh token.' },
  { fits: (said) => /ENOTFOUND|EAI_AGAIN|EAI_NODATA/.test(said), message: ({ host }) => `There is no machine of the name ${host}.`, advice: 'Look for a slip in the host, and whether this machine can ask DNS.' },
  { fits: (said) => /ECONNREFUSED/.test(said), message: (server) => `Nothing listens at ${place(server)}.`, advice: 'Look at host and port. IMAP listens at 993 (TLS) or 143 (STARTTLS).' },
  { fits: (said) => /wrong version number|packet length too long|EPROTO/i.test(said), message: ({ port }) => `Port ${port} does not begin with TLS.`, advice: 'Choose STARTTLS, or the port that the provider names for TLS (993).' },
  { fits: (said) => /altnames|does not match/i.test(said), message: ({ host }) => `The certificate of the server is for another name than ${host}.`, advice: 'Enter the host name that the provider gives, not an address or an alias.' },
  { fits: (said) => /certificate|self-signed|CERT_/i.test(said), message: () => 'The certificate of the server is not valid: nobody vouches for it, or it has run out.', advice: 'Have it renewed or replaced by one of a public authority. No password is sent until then.' },
  { fits: (said, { tlsFailed }) => tlsFailed === true || /STARTTLS/.test(said), message: () => 'The server does not offer STARTTLS here.', advice: 'Choose TLS with port 993. Without encryption the password would travel in the clear.' },
  { fits: (said) => /GREETING_TIMEOUT/.test(said), message: (server) => `${place(server)} accepts the connection and says nothing.`, advice: 'A port for TLS (993) waits like this for TLS to begin: choose TLS, or take port 143.' },
  { fits: (said) => /CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(said), message: (server) => `${place(server)} cannot be reached.`, advice: 'A firewall is in between, or the port is wrong: 993 is used for TLS, 143 for STARTTLS.' },
  { fits: (said) => /PRIVACYREQUIRED|LOGINDISABLED|plaintext/i.test(said), message: () => 'The server wants an encrypted connection before anybody signs in.', advice: 'Choose TLS (port 993) or STARTTLS.' },
  {
    fits: (_, { authenticationFailed }) => authenticationFailed === true, message: () => 'The server refuses user name and password.',
    advice: 'Enter both again. Google and Microsoft want an app password or OAuth 2.0, and IMAP must be switched on for the mailbox.',
  },
  {
    fits: (said, { mailboxMissing, serverResponseCode }) => mailboxMissing === true || serverResponseCode === 'NONEXISTENT' || /mailbox (doesn't|does not) exist/i.test(said),
    message: (_, { path }) => `There is no folder ${path ?? 'of that name'} in the mailbox.`, advice: 'Look at the names of the monitored folders; capitals count, and subfolders are spelled as the server does (INBOX/Bounces or INBOX.Bounces).',
  },
  { fits: (said) => /NoConnection|EConnectionClosed|ECONNRESET|EPIPE|ETIMEOUT|Connection/i.test(said), message: (server) => `The connection to ${place(server)} broke off.`, advice: 'It is tried again with the next check. If it stays so, ask whoever runs the server.' },
  { fits: () => true, message: (server) => `${place(server)} does not let the mailbox be read.`, advice: 'The reply says why. If it says nothing to you, ask whoever runs the server.' },
]

const place = ({ host, port }: Server) => `${host}:${port}`

export function imapAdvice(error: unknown, server: Server): Advice {
  const failure = single(error)
  const reply = [...new Set([failure.code, failure.serverResponseCode, failure.responseText, failure.message].filter((part) => typeof part === 'string' && part !== ''))].join(': ')
  const rule = rules.find(({ fits }) => fits(reply, failure))!
  return { reply: reply.replace(/\s+/g, ' ').slice(0, 500), message: rule.message(server, failure), advice: rule.advice, refused: failure.authenticationFailed === true }
}

/** Happy eyeballs wraps the refusals of every address in one error without a message. */
const single = (error: unknown): Failure =>
  (error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error instanceof Error ? error : new Error(String(error))) as Failure
