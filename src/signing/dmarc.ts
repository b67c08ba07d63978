/** DMARC (RFC 7489): does the domain say what receivers do with mail that is not authenticated? */
import type { Dns } from './dns.ts'
import { fine, missing, notKnown, type RecordCheck, tagsOf, wrong } from './record.ts'

const policies = ['none', 'quarantine', 'reject']

export async function checkDmarc(dns: Dns, domain: string, signal: AbortSignal): Promise<RecordCheck> {
  for (const at of [domain, ...parentsOf(domain)]) {
    const answer = await dns.txt(`_dmarc.${at}`, signal)
    if (answer.kind === 'unknown') return notKnown(answer.reason)
    const records = answer.records.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text))
    if (records.length > 0) return judgeDmarc(domain, at, records)
  }
  return missing(`${domain} has no DMARC record.`, `Add a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:YOU@${domain}`)
}

/** A domain without a record of its own has the one above it; a top-level domain has none to give. */
const parentsOf = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'))
}

/** `at` is where the records stand: the domain itself, or one above it. */
export function judgeDmarc(domain: string, at: string, records: readonly string[]): RecordCheck {
  const record = records[0]!
  if (records.length > 1) return wrong(records.join(' | '), `_dmarc.${at} has ${records.length} DMARC records: receivers take that for none.`, 'Leave one (RFC 7489 6.6.3).')
  const tags = tagsOf(record)
  const policy = (at === domain ? undefined : tags?.get('sp')) ?? tags?.get('p')
  if (!policy || !policies.includes(policy.toLowerCase())) {
    return wrong(record, `The DMARC record at _dmarc.${at} has no policy.`, 'Give it one: p=none to begin with, p=quarantine or p=reject later.')
  }
  return fine(record, `DMARC of ${domain}: ${policy.toLowerCase()}${at === domain ? '' : ` (from ${at})`}.`,
    tags!.has('rua') ? '' : 'With rua=mailto:… receivers tell you who sends in your name.')
}

/** Relaxed alignment (RFC 7489 3.1): one of the two is, or lies within, the other. */
export const aligned = (one: string, other: string): boolean => one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
