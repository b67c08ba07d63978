/** Who signs mail from a domain: its active keys, unsealed and prepared once. */
import { createDkimSigner, type DkimSigner } from '../message/dkim.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { activeKeys, identityOf, type StoredKey } from './keys.ts'

/** Signers by the keys in them. A key never changes, so what is kept is never wrong; many domains push the oldest out. */
const prepared = new Map<string, DkimSigner>()
const mostPrepared = 100

/** Null when mail from this domain is not signed. One small query: ask for each batch, and a switched key signs from the next one on. */
export async function signerFor(db: Db, secrets: Secrets, domain: string): Promise<DkimSigner | null> {
  const keys = await activeKeys(db, domain)
  if (keys.length === 0) return null
  const name = keys.map(({ id }) => id).join()
  const known = prepared.get(name)
  if (known) return known
  const signer = createDkimSigner(keys.map((key) => ({ ...identityOf(key), privateKey: openKey(secrets, key) })))
  if (prepared.size >= mostPrepared) prepared.delete(prepared.keys().next().value!)
  prepared.set(name, signer)
  return signer
}

/** Mail that its domain promises to sign must not leave unsigned because a secret was lost: that is an error, and it says what to do. */
function openKey(secrets: Secrets, { domain, selector, privateKeySealed }: StoredKey): string {
  try {
    return secrets.open(privateKeySealed)
  } catch {
    throw new Error(`The DKIM key ${selector} of ${domain} was sealed with another secret than TIDINGS_SECRET is now: delete it and make a new one.`)
  }
}
