/** Asks DNS: at TIDINGS_DNS, else at the system's resolver. What cannot be asked is an answer too, never an exception. */
import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

/** `known` without records: the name, or its records of this kind, do not exist. `unknown`: nobody could say. */
export type DnsAnswer<Entry = string> = { kind: 'known'; records: Entry[] } | { kind: 'unknown'; reason: string }

export type Dns = {
  /** Each record as one text: its strings joined without a space (RFC 7208 3.3, RFC 6376 3.6.2.2). */
  txt(name: string, signal: AbortSignal): Promise<DnsAnswer>
  /** The most preferred first. A null MX (RFC 7505) has an empty exchange. */
  mx(name: string, signal: AbortSignal): Promise<DnsAnswer<{ exchange: string; priority: number }>>
  /** IPv4 and IPv6. */
  addresses(name: string, signal: AbortSignal): Promise<DnsAnswer>
  /** The reverse names of an IP address. */
  names(ip: string, signal: AbortSignal): Promise<DnsAnswer>
}

/** So long a whole check may take, whatever the number of questions in it. */
export const dnsDeadlineMs = 5_000

/** One try waits so long before the question is asked again. */
const tryMs = 1_500
const tries = 3

/** `server` is host:port, the host a name or an address (an IPv6 one in brackets). */
export function openDns(server: string | undefined): Dns {
  const answer = <Entry>(signal: AbortSignal, question: (resolver: Resolver) => Promise<Entry[]>) => ask(server, signal, question)
  return {
    txt: (name, signal) => answer(signal, async (resolver) => (await resolver.resolveTxt(name)).map((strings) => strings.join(''))),
    mx: (name, signal) => answer(signal, async (resolver) => (await resolver.resolveMx(name)).sort((a, b) => a.priority - b.priority)),
    names: (ip, signal) => answer(signal, (resolver) => resolver.reverse(ip)),
    async addresses(name, signal) {
      const [four, six] = await Promise.all([answer(signal, (resolver) => resolver.resolve4(name)), answer(signal, (resolver) => resolver.resolve6(name))])
      if (four.kind === 'known' && six.kind === 'known') return { kind: 'known', records: [...four.records, ...six.records] }
      // One kind is enough to reach a machine.
      return [four, six].find((found) => found.kind === 'known' && found.records.length > 0) ?? [four, six].find(({ kind }) => kind === 'unknown')!
    },
  }
}

/** A resolver for each question: only a whole resolver can be canceled. */
async function ask<Entry>(server: string | undefined, signal: AbortSignal, question: (resolver: Resolver) => Promise<Entry[]>): Promise<DnsAnswer<Entry>> {
  const resolver = new Resolver({ timeout: tryMs, tries })
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel)
  try {
    if (server) resolver.setServers([await addressOf(server)])
    signal.throwIfAborted()
    return { kind: 'known', records: await question(resolver) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOTFOUND' || code === 'ENODATA' ? { kind: 'known', records: [] } : { kind: 'unknown', reason: code ?? message }
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
