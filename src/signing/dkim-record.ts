/** The DNS record of a DKIM key (RFC 6376 3.6.1, RFC 8463 4): how it is written, and whether what DNS answers is it. */
import type { Dns, DnsAnswer } from './dns.ts'
import { fine, missing, notKnown, type RecordCheck, tagsOf, wrong } from './record.ts'

export const dkimAlgorithms = ['rsa', 'ed25519'] as const
export type DkimAlgorithm = (typeof dkimAlgorithms)[number]

/** The public half of a key. `publicKey` is the p= value: base64 of the SubjectPublicKeyInfo of RSA, of the bare 32 bytes of Ed25519. */
export type DkimIdentity = { domain: string; selector: string; algorithm: DkimAlgorithm; publicKey: string }

/** The longest string that a TXT record holds (RFC 1035 3.3.14); longer values are several, joined by whoever reads them. */
const stringLimit = 255

export const recordName = ({ selector, domain }: Pick<DkimIdentity, 'selector' | 'domain'>): string => `${selector}._domainkey.${domain}`

export const recordValue = ({ algorithm, publicKey }: Pick<DkimIdentity, 'algorithm' | 'publicKey'>): string => `v=DKIM1; k=${algorithm}; p=${publicKey}`

/** As a zone file takes it: `"first 255" "the rest"`. */
export const zoneFileValue = (value: string): string =>
  Array.from({ length: Math.ceil(value.length / stringLimit) }, (_, index) => `"${value.slice(index * stringLimit, (index + 1) * stringLimit)}"`).join(' ')

export async function checkDkim(dns: Dns, key: DkimIdentity, signal: AbortSignal): Promise<RecordCheck> {
  return judgeDkim(key, await dns.txt(recordName(key), signal))
}

export function judgeDkim(key: DkimIdentity, answer: DnsAnswer): RecordCheck {
  if (answer.kind === 'unknown') return notKnown(answer.reason)
  const name = recordName(key)
  const again = `Add a TXT record at ${name} exactly as shown with the key.`
  const [record] = answer.records
  if (record === undefined) return missing(`There is no record at ${name}.`, `${again} A new record may take some hours to be seen.`)
  // RFC 6376 3.6.2.2: what receivers do with several is undefined.
  if (answer.records.length > 1) return wrong(answer.records.join(' | '), `There are ${answer.records.length} records at ${name}.`, 'Leave only the one shown with the key.')
  const fault = faultOf(key, record)
  return fault ? wrong(record, `The record at ${name} ${fault}.`, again) : fine(record, `The record at ${name} holds our key.`)
}

function faultOf({ algorithm, publicKey }: DkimIdentity, record: string): string | null {
  const tags = tagsOf(record)
  if (!tags || (tags.get('v') ?? 'DKIM1') !== 'DKIM1') return 'is not a DKIM key'
  const value = tags.get('p')?.replace(/\s/g, '')
  if (value === undefined) return 'has no key in it'
  if (value === '') return 'says that the key was withdrawn'
  if ((tags.get('k') ?? 'rsa') !== algorithm) return `is for another kind of key than ${algorithm}`
  if (value !== publicKey) return 'holds another key than ours'
  const hashes = tags.get('h')?.split(':').map((hash) => hash.trim())
  if (hashes && !hashes.includes('sha256')) return 'does not allow sha256'
  return null
}
