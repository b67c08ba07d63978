/** Signed marks in a message that name a delivery: what only somebody who got our mail can show. Pure. */
import type { References } from '../bounce/classification.ts'
import { decodeToken, decodeVerp, type Keys, type Token } from '../platform/token.ts'
import { unsubscribeSubject } from '../message/unsubscribe-mail.ts'
import { fieldOf, split } from './digest.ts'

/** A delivery that the message names with our signature; with `loop` a bounce loop's mail. */
export type Sign = { lane: number; id: number; loop?: boolean }

/** More of them no honest message has; each costs a signature check. */
const mostCandidates = 200

/**
 * VERP return address, Message-ID or X-Delivery, anywhere in the message: in its header, in the returned original, in a part that
 * the classifier unpacked (`references`). Each delivery once.
 */
export function signsIn(keys: Keys, raw: Buffer, references: References): Sign[] {
  // A quoted-printable part may break a token in two (RFC 2045 6.7).
  const text = raw.toString('latin1').replace(/=\r?\n/g, '')
  const found = [
    ...candidates([text, ...references.sentTo], /\bbounce\+([a-z2-7]{20,64})@/gi).map((each) => decodeVerp(keys, each)),
    ...candidates([text, ...references.messageIds], /<([\w-]{18,64})@[^\s<>]+>/g).map((each) => decodeToken(keys, 'messageId', each)),
    ...candidates([text, ...references.deliveryTokens.map((each) => `X-Delivery: ${each}`)], /^[> \t]*X-Delivery:\s*([\w-]{18,64})/gim)
      .map((each) => decodeToken(keys, 'delivery', each)),
  ]
  return distinct(found.filter((token) => token !== null))
}

/** The delivery that an unsubscribe mail names in its subject, as our List-Unsubscribe wrote it. */
export function optOutSign(keys: Keys, raw: Buffer): Sign | null {
  const token = unsubscribeSubject.exec(fieldOf(split(raw).head, 'subject') ?? '')?.[1]
  const decoded = token === undefined ? null : decodeToken(keys, 'optOut', token)
  return decoded && { lane: decoded.lane, id: decoded.id }
}

const candidates = (texts: string[], pattern: RegExp): string[] =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, token]) => token!)))].slice(0, mostCandidates)

function distinct(tokens: Token[]): Sign[] {
  const signs = new Map(tokens.map(({ lane, id, test = false }) => [`${lane} ${id} ${test}`, test ? { lane, id, loop: true } : { lane, id }]))
  return [...signs.values()]
}
