/** Who somebody is here whom the provider vouches for: a pure decision. */
import { domainOf } from '../platform/email-address.ts'
import type { Refusal } from './contract.ts'

export type Claims = { issuer: string; subject: string; emailAddress: string; emailVerified: boolean; firstName: string; lastName: string }

/** A user, as far as the decision goes. `linkedTo`: the account of this provider that he came in by before. */
export type Known = { id: string; type: string; isActive: boolean; linkedTo: string | null }

export type Decision = { letIn: string } | { link: string } | { create: true } | { refusal: Refusal; why: string }

/** `linked` is who came in by this account before; `byAddress` are all users with the address. */
export function judge({ domains, createUsers }: { domains: readonly string[]; createUsers: boolean }, claims: Claims, linked: Known | undefined, byAddress: readonly Known[]): Decision {
  const { emailAddress, emailVerified } = claims
  if ((!linked || domains.length > 0) && !(emailVerified && emailAddress)) {
    return { refusal: 'emailNotVerified', why: emailAddress ? 'The provider has not verified the address.' : 'The provider told no address.' }
  }
  if (domains.length > 0 && !domains.includes(domainOf(emailAddress))) return notLetIn('The address is of none of the allowed domains.')
  if (linked) return known(linked) ?? { letIn: linked.id }
  const people = byAddress.filter(({ type }) => type !== 'api')
  if (people.length > 1) return notLetIn('Several users have this address: give it to one of them only.')
  const [user] = people
  if (!user) return createUsers ? { create: true } : notLetIn('No user has this address.')
  // An address that was given to somebody else must not open what was its first owner's.
  return known(user) ?? (user.linkedTo === null ? { link: user.id } : notLetIn('The user with this address came in by another account of this provider. Unlink it if this is the same person.'))
}

function known({ type, isActive }: Known): Decision | null {
  if (type === 'api') return notLetIn('The user is a program.')
  return isActive ? null : notLetIn('The user is inactive.')
}

const notLetIn = (why: string): Decision => ({ refusal: 'notLetIn', why })
