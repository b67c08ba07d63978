/** How a domain stands before receivers: its SPF, DKIM and DMARC records, asked within one deadline. */
import { checkDkim, type DkimIdentity } from './dkim-record.ts'
import { checkDmarc } from './dmarc.ts'
import { type Dns, dnsDeadlineMs } from './dns.ts'
import { missing, type RecordCheck, recordStates } from './record.ts'
import { checkSpf } from './spf.ts'

/** `spfReached`: the names that SPF includes, to be held against the provider that the mail leaves by (judgeProvider). */
export type DomainCheck = { spf: RecordCheck; spfReached: string[] | null; dkim: RecordCheck; dmarc: RecordCheck }

/** The domain in its ASCII form; `keys`: what its mail is signed with. Never throws: what DNS did not tell in time is `unknown`. */
export async function checkDomain(dns: Dns, domain: string, keys: readonly DkimIdentity[]): Promise<DomainCheck> {
  const signal = AbortSignal.timeout(dnsDeadlineMs)
  const [{ spf, reached }, dkim, dmarc] = await Promise.all([
    checkSpf(dns, domain, signal), checkAllKeys(dns, domain, keys, signal), checkDmarc(dns, domain, signal),
  ])
  return { spf, spfReached: reached, dkim, dmarc }
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
