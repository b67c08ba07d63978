/** Where mail to a domain goes (RFC 5321 5.1): its MX, or the domain's own address where it has none. */
import type { Dns } from './dns.ts'
import { fine, missing, notKnown, type RecordCheck, wrong } from './record.ts'

export async function checkMx(dns: Dns, domain: string, signal: AbortSignal): Promise<RecordCheck> {
  const answer = await dns.mx(domain, signal)
  if (answer.kind === 'unknown') return notKnown(answer.reason)
  const exchanges = answer.records.map(({ exchange }) => exchange)
  if (exchanges.length === 0) return withoutMx(dns, domain, signal)
  if (exchanges.includes('')) return wrong('0 .', `${domain} says that it takes no mail (null MX): bounces cannot come back to it.`, 'Let the MX lead to the server that takes the bounces, or choose another bounce domain.')
  const record = answer.records.map(({ exchange, priority }) => `${priority} ${exchange}`).join(', ')
  const found = await Promise.all(exchanges.map((exchange) => dns.addresses(exchange, signal)))
  if (found.some(({ kind }) => kind === 'unknown')) return fine(record, `Mail to ${domain} goes to ${exchanges.join(', ')}.`)
  const dead = exchanges.filter((_, index) => (found[index] as { records: string[] }).records.length === 0)
  if (dead.length < exchanges.length) return fine(record, `Mail to ${domain} goes to ${exchanges.join(', ')}.`)
  return { ...missing(`The MX of ${domain} leads nowhere: ${dead.join(', ')} has no address.`, `Add an A or AAAA record for ${dead[0]}, or correct the MX.`), record }
}

async function withoutMx(dns: Dns, domain: string, signal: AbortSignal): Promise<RecordCheck> {
  const own = await dns.addresses(domain, signal)
  if (own.kind === 'unknown') return notKnown(own.reason)
  const advice = `Add an MX record at ${domain} that names the server which takes the bounces.`
  return own.records.length > 0
    ? fine(own.records.join(', '), `${domain} has no MX record; mail to it goes to its own address, ${own.records[0]}.`)
    : missing(`${domain} has no MX record: bounces cannot come back to it.`, advice)
}
