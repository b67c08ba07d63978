/** SPF (RFC 7208) as far as a sender needs it: exactly one sound record that receivers can follow within ten look-ups. */
import type { Dns, DnsAnswer } from './dns.ts'
import { fine, missing, notKnown, type RecordCheck, wrong } from './record.ts'

/** RFC 7208 4.6.4: one more and receivers answer permerror. */
const mostLookups = 10

/** What following a record leads to; `lookups` is null where a part of it could not be asked. */
export type SpfTrail = { lookups: number | null; reached: Set<string> }

/** `reached`: every name that the record includes, at whatever depth; null where that is not wholly known. */
export type SpfFinding = { spf: RecordCheck; reached: string[] | null }

export async function checkSpf(dns: Dns, domain: string, signal: AbortSignal): Promise<SpfFinding> {
  const answer = await dns.txt(domain, signal)
  if (answer.kind === 'unknown') return { spf: notKnown(answer.reason), reached: null }
  const records = spfRecords(answer)
  const trail: SpfTrail = { lookups: 0, reached: new Set() }
  if (records.length === 1) await follow(dns, records[0]!, trail, signal)
  return { spf: judgeSpf(domain, records, trail.lookups), reached: trail.lookups === null ? null : [...trail.reached] }
}

const spfRecords = (answer: DnsAnswer): string[] => (answer.kind === 'known' ? answer.records.filter((text) => /^v=spf1( |$)/i.test(text)) : [])

/** Goes down every `include` and `redirect`, and stops where receivers would. */
async function follow(dns: Dns, record: string, trail: SpfTrail, signal: AbortSignal): Promise<void> {
  for (const term of termsOf(record)) {
    if (trail.lookups === null || trail.lookups > mostLookups) return
    if (!costsLookup.test(term)) continue
    trail.lookups++
    const target = /^[+?~-]?(?:include:|redirect=)(.+)$/i.exec(term)?.[1]?.toLowerCase()
    // A macro (RFC 7208 7) is another name for each mail.
    if (!target || target.includes('%') || trail.reached.has(target)) continue
    trail.reached.add(target)
    const answer = await dns.txt(target, signal)
    const [next] = spfRecords(answer)
    if (answer.kind === 'unknown') trail.lookups = null
    else if (next) await follow(dns, next, trail, signal)
  }
}

const termsOf = (record: string): string[] => record.trim().split(/ +/).slice(1)
const costsLookup = /^[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:|redirect=)/i
const knownTerm = /^(?:[+?~-]?(?:all|include:\S+|a(?:[:/]\S+)?|mx(?:[:/]\S+)?|ptr(?::\S+)?|ip4:[\d./]+|ip6:[\da-f:./]+|exists:\S+)|[a-z][a-z0-9._-]*=\S*)$/i

export function judgeSpf(domain: string, records: readonly string[], lookups: number | null): RecordCheck {
  const [record] = records
  if (record === undefined) return missing(`${domain} has no SPF record.`, `Add a TXT record at ${domain}: v=spf1 include:YOUR-MAIL-PROVIDER ~all`)
  if (records.length > 1) return wrong(records.join(' | '), `${domain} has ${records.length} SPF records: receivers take that for none.`, 'Join them into one (RFC 7208 4.5).')
  const strange = termsOf(record).find((term) => !knownTerm.test(term))
  if (strange) return wrong(record, `The SPF record has a part that nobody understands: ${strange}`, 'Correct it: receivers give up on the whole record.')
  if (termsOf(record).some((term) => /^\+?all$/i.test(term))) return wrong(record, 'The SPF record lets everybody send: it ends with +all.', 'End it with ~all or -all.')
  if (lookups !== null && lookups > mostLookups) {
    return wrong(record, `The SPF record needs more than ${mostLookups} DNS look-ups: receivers give up on it.`, 'Remove providers that no longer send for you.')
  }
  return fine(record, `${domain} has an SPF record${lookups === null ? '' : ` (${lookups} of ${mostLookups} look-ups)`}.`,
    'See that it names the server or provider that your mail leaves by.')
}

/** The same when it is known by whom the mail leaves: one of these names must be included. None: nothing more is asked. */
export function judgeProvider({ spf, reached }: SpfFinding, domain: string, mailedBy: readonly string[]): RecordCheck {
  if (mailedBy.length === 0) return spf
  const names = mailedBy.map((name) => `include:${name}`).join(' or ')
  if (spf.state === 'missing') return { ...spf, advice: `Add a TXT record at ${domain}: v=spf1 ${names} ~all` }
  if (spf.state !== 'ok' || reached === null) return spf
  if (mailedBy.some((name) => reached.includes(name))) return { ...spf, advice: '' }
  return wrong(spf.record!, `The SPF record of ${domain} does not name the provider that the mail leaves by.`, `Add ${names} to it.`)
}
