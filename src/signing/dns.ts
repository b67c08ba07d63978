/** Asks DNS for TXT records: at TIDINGS_DNS, else at the system's resolver. What cannot be asked is an answer too, never an exception. */
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

/** `known` without records: the name, or its TXT records, do not exist. `unknown`: nobody could say. */
export type DnsAnswer = { kind: 'known'; records: string[] } | { kind: 'unknown'; reason: string }

export type Dns = {
  /** Each record as one text: its strings joined without a space (RFC 7208 3.3, RFC 6376 3.6.2.2). */
  txt(name: string, signal: AbortSignal): Promise<DnsAnswer>
}

/** So long a whole check may take, whatever the number of questions in it. */
export const dnsDeadlineMs = 5_000

/** One try waits so long before the question is asked again. */
const tryMs = 1_500
const tries = 3

/** `server` is host:port, the host a name or an address (an IPv6 one in brackets). */
export function openDns(server: string | undefined): Dns {
  return {
    async txt(name, signal) {
      try {
        return { kind: 'known', records: await ask(server, name, signal) }
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        return code === 'ENOTFOUND' || code === 'ENODATA' ? { kind: 'known', records: [] } : { kind: 'unknown', reason: code ?? message }
      }
    },
  }
}

/** A resolver for each question: only a whole resolver can be canceled. */
async function ask(server: string | undefined, name: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: tryMs, tries })
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel)
  try {
    if (server) resolver.setServers([await addressOf(server)])
    signal.throwIfAborted()
    return (await resolver.resolveTxt(name)).map((strings) => strings.join(''))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Resolvers are named by address; a name, as containers use them, is looked up first. */
async function addressOf(server: string): Promise<string> {
  const { host, port } = /^\[?(?<host>[^[\]]+?)\]?(?::(?<port>\d+))?$/.exec(server)?.groups ?? {}
  if (!host) throw new Error('TIDINGS_DNS is not host:port')
  const { address } = isIP(host) ? { address: host } : await lookup(host).catch((error: Error) => { throw new Error(`TIDINGS_DNS: ${error.message}`) })
  return `${isIP(address) === 6 ? `[${address}]` : address}:${port ?? 53}`
}
