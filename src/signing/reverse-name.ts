/** Forward-confirmed reverse DNS (RFC 1912 2.1): has the address a name, and does the name lead back to it? Receivers look. */
import type { Dns } from './dns.ts'
import { fine, missing, notKnown, type RecordCheck, wrong } from './record.ts'

/** Of a machine's public addresses; what any of them lacks is told. */
export async function checkReverseName(dns: Dns, ips: readonly string[], signal: AbortSignal): Promise<RecordCheck> {
  const found = await Promise.all(ips.map((ip) => checkOne(dns, ip, signal)))
  return found.find(({ state }) => state === 'missing' || state === 'wrong') ?? found.find(({ state }) => state === 'ok') ?? found[0]!
}

async function checkOne(dns: Dns, ip: string, signal: AbortSignal): Promise<RecordCheck> {
  const answer = await dns.names(ip, signal)
  if (answer.kind === 'unknown') return notKnown(answer.reason)
  const [name] = answer.records
  if (name === undefined) return missing(`${ip} has no name in reverse DNS.`, 'Have whoever gave you the address (the hoster) set a PTR record that names your mail server. Many receivers refuse mail without it.')
  const forward = await Promise.all(answer.records.map((each) => dns.addresses(each, signal)))
  if (forward.some((each) => each.kind === 'known' && each.records.some((address) => sameAddress(address, ip)))) return fine(name, `${ip} is ${name}, and ${name} leads back to it.`)
  const unasked = forward.find((each) => each.kind === 'unknown')
  if (unasked?.kind === 'unknown') return notKnown(unasked.reason)
  return wrong(name, `${ip} calls itself ${name}, and ${name} does not lead back to it.`, `Add an A or AAAA record for ${name} with ${ip}, or correct the PTR record.`)
}

const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
