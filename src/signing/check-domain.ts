/** How a domain stands before receivers: its SPF, DKIM and DMARC records, asked within one deadline. */
import { checkDkim, type DkimIdentity } from './dkim-record.ts'
import { checkDmarc } from './dmarc.ts'
import { type Dns, dnsDeadlineMs } from './dns.ts'
import { missing, type RecordCheck, recordStates } from './record.ts'
import { checkSpf } from './spf.ts'

export type DomainCheck = { spf: RecordCheck; dkim: RecordCheck; dmarc: RecordCheck }

export type DomainQuestion = {
  /** The keys that mail from the domain is signed with; none: we do not sign it. */
  keys: readonly DkimIdentity[]
  /** Names of which one must be included by SPF, e.g. `sendgrid.net`, when it is known by whom the mail leaves. */
  mailedBy?: readonly string[]
}

/** The domain in its ASCII form. Never throws: what DNS did not tell in time is `unknown`. */
export async function checkDomain(dns: Dns, domain: string, { keys, mailedBy = [] }: DomainQuestion): Promise<DomainCheck> {
  const signal = AbortSignal.timeout(dnsDeadlineMs)
  const [spf, dkim, dmarc] = await Promise.all([
    checkSpf(dns, domain, mailedBy, signal), checkAllKeys(dns, domain, keys, signal), checkDmarc(dns, domain, signal),
  ])
  return { spf, dkim, dmarc }
}

/** Every key we sign with must be there: the worst of them is the answer. */
async function checkAllKeys(dns: Dns, domain: string, keys: readonly DkimIdentity[], signal: AbortSignal): Promise<RecordCheck> {
  const found = await Promise.all(keys.map((key) => checkDkim(dns, key, signal)))
  return worst(found) ?? missing(`Mail from ${domain} is not signed by Tidings.`, 'Make a key in Administration > DKIM Keys, unless your mail provider signs for this domain.')
}

const worst = (checks: readonly RecordCheck[]): RecordCheck | undefined =>
  [...checks].sort((one, other) => gravity(other) - gravity(one))[0]

const byGravity: readonly (typeof recordStates)[number][] = ['ok', 'unknown', 'missing', 'wrong']
const gravity = ({ state }: RecordCheck) => byGravity.indexOf(state)
