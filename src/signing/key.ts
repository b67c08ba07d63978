/** A DKIM key: made, named, and what a domain must look like to have one. No database. */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { invalid } from '../platform/errors.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { DkimAlgorithm } from './dkim-record.ts'

/** RFC 8301 3.2: signers use 2048 bits; longer ones do not fit into the answers of some DNS servers. */
const rsaBits = 2048

/** An Ed25519 SubjectPublicKeyInfo ends with the bare key (RFC 8410 4). */
const ed25519Bytes = 32

export type NewKeyPair = { publicKey: string; privateKey: string }

const generate = promisify(generateKeyPair)

/** `publicKey` as the p= of its record, `privateKey` as PEM. */
export async function makeKeyPair(algorithm: DkimAlgorithm): Promise<NewKeyPair> {
  const pair = algorithm === 'rsa' ? await generate('rsa', { modulusLength: rsaBits }) : await generate('ed25519')
  const publicBytes = pair.publicKey.export({ type: 'spki', format: 'der' })
  return {
    // RFC 8463 4.2: of Ed25519 only the key itself stands in the record.
    publicKey: (algorithm === 'rsa' ? publicBytes : publicBytes.subarray(-ed25519Bytes)).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

/** Says when it was made, and is never had twice: receivers remember what a selector held. */
export const newSelector = (now: Date): string => `tidings-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`

/** The domain in its ASCII form, lower-case; what no address can have is a fault of `path`. */
export function storedDomain(text: string, path: string): string {
  const { address, wellFormed } = parseAddress(`postmaster@${text.trim().replace(/\.$/, '')}`)
  if (!wellFormed) throw invalid([{ path, message: 'This is not a domain, such as example.com.' }])
  return address.slice(address.indexOf('@') + 1)
}
