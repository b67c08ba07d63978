/** What a failed test of an account means, in words, and what to do about it. Pure. */
import type { Outcome, Stage } from './outcome.ts'
import { presetOf } from './presets.ts'
import type { Security } from './session.ts'

export type Advice = { message: string; advice: string }
type Server = { host: string; port: number; security: Security }
type Rule = { stages: readonly Stage[]; said?: RegExp; message: (server: Server) => string; advice: (server: Server) => string }

const place = ({ host, port }: Server) => `${host}:${port}`
const entering: readonly Stage[] = ['connect', 'banner', 'ehlo', 'starttls']

/** The first that fits; the last fits everything. */
const rules: Rule[] = [
  {
    stages: entering, said: /ENOTFOUND|EAI_AGAIN|EAI_NODATA/,
    message: ({ host }) => `There is no machine of the name ${host}.`, advice: () => 'Look for a slip in the host, and whether this machine can ask DNS.',
  },
  {
    stages: entering, said: /ECONNREFUSED/,
    message: (server) => `Nothing listens at ${place(server)}.`, advice: () => 'Look at host and port. Providers listen at 587 (STARTTLS) or 465 (TLS).',
  },
  {
    stages: entering, said: /wrong version number|packet length too long|no TLS handshake|EPROTO/i,
    message: ({ port }) => `Port ${port} does not begin with TLS.`, advice: () => 'Choose STARTTLS, or the port that the provider names for TLS (465).',
  },
  {
    stages: entering, said: /altnames|does not match/i,
    message: ({ host }) => `The certificate of the server is for another name than ${host}.`, advice: () => 'Enter the host name that the provider gives, not an address or an alias.',
  },
  {
    stages: entering, said: /certificate|self-signed|CERT_/i,
    message: () => 'The certificate of the server is not valid: nobody vouches for it, or it has run out.', advice: () => 'Have it renewed or replaced by one of a public authority. Nothing is sent until then: anybody could be listening.',
  },
  {
    stages: ['banner'], said: /did not answer|within/,
    message: (server) => `${place(server)} accepts the connection and says nothing.`,
    advice: ({ security }) => (security === 'tls' ? 'Try again later, or ask the provider.' : 'A port for TLS (465) waits like this for TLS to begin: choose TLS, or take port 587.'),
  },
  {
    stages: entering, said: /within \d+ seconds|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    message: (server) => `${place(server)} cannot be reached.`, advice: () => 'A firewall is in between, or whoever runs this machine blocks the port: 25 mostly is, 587 and 465 mostly are not.',
  },
  {
    stages: ['starttls'],
    message: () => 'The server does not offer STARTTLS here.', advice: () => 'Choose TLS with port 465, or another port. Without encryption the password would travel in the clear.',
  },
  {
    stages: ['connect', 'banner', 'ehlo'],
    message: (server) => `${place(server)} does not let us in.`, advice: () => 'The reply says why. If it speaks of a block list or of this machine, ask the provider.',
  },
  {
    stages: ['auth'], said: /No access token|invalid_grant/,
    message: () => 'No access token could be had for this account.', advice: () => 'Look at token address, client and secret. If the consent was withdrawn or has run out, enter a new refresh token.',
  },
  {
    stages: ['auth'], said: /does not offer AUTH XOAUTH2/,
    message: () => 'The server does not take OAuth 2.0.', advice: () => 'Sign in with user name and password instead, or look at the host.',
  },
  {
    stages: ['auth'], said: /offers neither/,
    message: () => 'The server offers no way to sign in.',
    advice: ({ security }) => (security === 'none' ? 'Most servers offer it only when the connection is encrypted: choose STARTTLS or TLS.' : 'Remove user name and password if the server knows this machine by its address.'),
  },
  {
    stages: ['auth'],
    message: () => 'The server refuses user name and password.', advice: ({ host }) => presetOf(host)?.authHint ?? 'Enter both again; many providers want a password made for programs.',
  },
  {
    stages: ['mail'],
    message: () => 'The server refuses the sender address.', advice: () => 'Use an address that this account may send as: providers want it, or its domain, to be confirmed with them first.',
  },
  {
    stages: ['rcpt'],
    message: () => 'The server refuses the address that the test was sent to.', advice: () => 'Try an address of your own. If it speaks of relaying, the account must sign in first.',
  },
  {
    stages: ['data', 'dot'],
    message: () => 'The server refuses the mail itself.', advice: () => 'The reply says why: mostly the sender is not confirmed, or a limit is used up.',
  },
]

/** Of an outcome that is not `sent`. */
export function adviceFor({ stage, reply }: Outcome, server: Server): Advice {
  const rule = rules.find(({ stages, said }) => stages.includes(stage) && (said?.test(reply) ?? true))!
  return { message: rule.message(server), advice: rule.advice(server) }
}
