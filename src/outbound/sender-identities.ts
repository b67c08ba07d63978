/** As whom an account may send: addresses, or domains for every address of theirs. Without any, nothing is restricted. */
import type { Db, Tx } from '../platform/db.ts'
import { domainOf, parseAddress } from '../platform/email-address.ts'
import { invalid } from '../platform/errors.ts'

export async function identitiesOf(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.selectFrom('senderIdentity').select('identity').where('accountId', '=', accountId).orderBy('position').execute()
  return rows.map(({ identity }) => identity)
}

/** Replaces them all. What is neither an address nor a domain is named. */
export async function setIdentities(tx: Tx, accountId: string, texts: readonly string[]): Promise<void> {
  const parsed = texts.map(parseIdentity)
  const faults = parsed.flatMap((identity, index) =>
    identity === null ? [{ path: `senderIdentities.${index}`, message: `"${texts[index]}" is neither an address nor a domain.` }] : [])
  if (faults.length > 0) throw invalid(faults)
  await tx.deleteFrom('senderIdentity').where('accountId', '=', accountId).execute()
  const rows = [...new Set(parsed)].map((identity, position) => ({ accountId, identity: identity!, position }))
  if (rows.length > 0) await tx.insertInto('senderIdentity').values(rows).execute()
}

/** Lower-case, the domain as an A-label; `@acme.example` is the domain. Null: neither address nor domain. */
export function parseIdentity(text: string): string | null {
  const trimmed = text.trim().replace(/^@/, '')
  const isAddress = trimmed.includes('@')
  const { address, wellFormed } = parseAddress(isAddress ? trimmed : `x@${trimmed}`)
  if (!wellFormed || trimmed === '') return null
  return (isAddress ? address : domainOf(address)).toLowerCase()
}

/** `address` in its stored form. */
export function isSenderOf(identities: readonly string[], address: string): boolean {
  const key = address.toLowerCase()
  return identities.length === 0 || identities.includes(key) || identities.includes(domainOf(key))
}
