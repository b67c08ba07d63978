/** The secrets of an installation: the first seals passwords at rest and signs, all of them open and are believed. They never lie in the database. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Ring } from './secret-ring.ts'

export type Secrets = {
  /** Encrypts (AES-256-GCM) with the first secret; the result is text for a column whose name ends with _sealed. */
  seal(text: string): string
  /** Opens what any of the secrets sealed. Throws where none did. */
  open(sealed: string): string
  /** Whether it is sealed with the first secret. */
  isSealedAnew(sealed: string): boolean
  /** A 32-byte key for one purpose (HKDF, RFC 5869), of the first secret: what is signed for one cannot be used for another. */
  key(purpose: string): Buffer
  /** The same of all secrets, the first one first: what was signed before the secret was changed is still ours. */
  keys(purpose: string): readonly Buffer[]
}

/** A secret, or a ring of them that may grow while the program runs. */
export function openSecrets(given: string | Ring): Secrets {
  const ring = typeof given === 'string' ? () => [given] : given
  const key = (purpose: string) => keyOf(ring()[0]!, purpose)
  return {
    key,
    keys: (purpose) => ring().map((secret) => keyOf(secret, purpose)),
    seal: (text) => encrypt(key(sealing), text),
    open(sealed) {
      for (const secret of ring()) {
        const text = decrypt(keyOf(secret, sealing), sealed)
        if (text !== null) return text
      }
      throw new Error('This was sealed with a secret that is not known here.')
    },
    isSealedAnew: (sealed) => decrypt(key(sealing), sealed) !== null,
  }
}

const sealing = 'seal'

/** Derived once: the secrets are few, and so are the purposes. */
const derived = new Map<string, Buffer>()

function keyOf(secret: string, purpose: string): Buffer {
  const name = `${purpose}\0${secret}`
  let key = derived.get(name)
  if (!key) derived.set(name, key = Buffer.from(hkdfSync('sha256', secret, 'tidings', purpose, 32)))
  return key
}

function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** Null: sealed with another key, or not sealed at all. */
function decrypt(key: Buffer, sealed: string): string | null {
  const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url')
  if (bytes.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
