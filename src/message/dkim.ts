/** Signs composed messages (RFC 6376, RFC 8463): rsa-sha256, and ed25519-sha256 beside it, relaxed/relaxed. Keys come from elsewhere. */
import { createPrivateKey, hash, type KeyObject, sign } from 'node:crypto'
import { bodyStart, relaxedBody, relaxedFields, relaxedValue } from './dkim-canonical.ts'

/** `privateKey` in PEM. */
export type DkimKey = { domain: string; selector: string; algorithm: 'rsa' | 'ed25519'; privateKey: string }

export type DkimSigner = {
  /** The DKIM-Signature fields to put before the message, one for each key, with their CRLFs. `now` becomes t=. */
  sign(message: Buffer, now: Date): Promise<Buffer>
}

/**
 * Each is signed once more than it occurs (RFC 6376 §8.15): nobody can add a second From, or an opt-out link of his own,
 * to a message that stays signed. RFC 8058 §4 asks for both List-Unsubscribe fields.
 */
const oversigned = [
  'from', 'to', 'cc', 'reply-to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post', 'list-id', 'feedback-id',
  'mime-version', 'content-type', 'content-transfer-encoding',
]
/** Signed where they are. X-Delivery proves to us that a returned message is ours. */
const signedIfThere = ['x-delivery', 'auto-submitted', 'in-reply-to', 'references']

/** RFC 5322 §2.1.1: lines should have no more. */
const lineLimit = 78

export function createDkimSigner(keys: readonly DkimKey[]): DkimSigner {
  const signers = keys.map(signerOf)
  return {
    async sign(message, now) {
      const input = signatureInput(message)
      const time = Math.floor(now.getTime() / 1000)
      const fields = await Promise.all(signers.map((signWith) => signWith(input, time)))
      return Buffer.from(fields.join(''), 'latin1')
    },
  }
}

/** What is the same whatever the key: the hash of the body, the signed fields in canonical form and their names as h= has them. */
export type SignatureInput = { bodyHash: string; names: string; fields: string }

/** The part of signing that costs this thread's time; the rest is done by the thread pool. */
export function signatureInput(message: Buffer): SignatureInput {
  const start = bodyStart(message)
  const found = relaxedFields(message, start - 2)
  let names = ''
  let fields = ''
  for (const name of oversigned) {
    const instances = found.get(name) ?? []
    names += `:${name}`.repeat(instances.length + 1)
    fields += bottomUp(instances)
  }
  for (const name of signedIfThere) {
    const instances = found.get(name) ?? []
    names += `:${name}`.repeat(instances.length)
    fields += bottomUp(instances)
  }
  return { bodyHash: hash('sha256', relaxedBody(message, start), 'base64'), names: names.slice(1), fields }
}

/** RFC 6376 §5.4.2: of fields with the same name the lowest is signed first. */
const bottomUp = (instances: readonly string[]): string => (instances.length === 1 ? instances[0]! : instances.toReversed().join(''))

type Template = { names: string; field: string; canonical: string }

function signerOf(key: DkimKey): (input: SignatureInput, time: number) => Promise<string> {
  const privateKey = createPrivateKey(key.privateKey)
  // All messages of a mass email have the same fields, so the beginning of the signature is the same.
  let template: Template = templateOf(key, '')
  return async ({ bodyHash, names, fields }, time) => {
    if (template.names !== names) template = templateOf(key, names)
    const { field, canonical } = template
    const variable = `t=${time}; bh=${bodyHash};`
    const signature = await signed(key.algorithm, privateKey, Buffer.from(`${fields}${canonical}${variable} b=`, 'latin1'))
    return `${field}${variable}\r\n b=${foldedSignature(signature)}\r\n`
  }
}

/** The field up to the tags that differ from message to message, as it is written and as it is signed. */
function templateOf({ domain, selector, algorithm }: DkimKey, names: string): Template {
  const field = `DKIM-Signature: v=1; a=${algorithm}-sha256; c=relaxed/relaxed;\r\n d=${domain};\r\n s=${selector};\r\n h=${foldedNames(names)};\r\n `
  const value = field.slice(field.indexOf(':') + 1)
  return { names, field, canonical: `dkim-signature:${relaxedValue(`${value}t`).slice(0, -1)}` }
}

function foldedNames(names: string): string {
  let folded = ''
  let line = ' h='
  for (const name of names.split(':')) {
    if (line.length + name.length + 1 > lineLimit) {
      folded += `${line}\r\n`
      line = ' '
    }
    line += `${name}:`
  }
  return (folded + line).slice(' h='.length, -1)
}

function foldedSignature(signature: string): string {
  const first = lineLimit - ' b='.length
  let folded = signature.slice(0, first)
  for (let at = first; at < signature.length; at += lineLimit - 1) folded += `\r\n ${signature.slice(at, at + lineLimit - 1)}`
  return folded
}

/** RSA hashes and signs in one; Ed25519 signs the hash (RFC 8463 §3). With a callback both run in the thread pool. */
function signed(algorithm: DkimKey['algorithm'], key: KeyObject, data: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, signature: Buffer) => (error ? reject(error) : resolve(signature.toString('base64')))
    if (algorithm === 'rsa') sign('sha256', data, key, done)
    else sign(null, hash('sha256', data, 'buffer'), key, done)
  })
}
