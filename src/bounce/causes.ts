/** Why mail did not arrive, in our words. */

/** Those after which an address will never work: unknown mailbox, unknown host or domain, moved away, a domain that takes no mail (RFC 7505). */
export const deadCauses = ['userUnknown', 'hostUnknown', 'moved', 'nullMx'] as const

/** Everything else: the address may be good. */
export const livingCauses = [
  'mailboxFull', 'suspended', 'spam', 'blocked', 'sender', 'authentication', 'policy', 'relayDenied', 'tooBig', 'content', 'virus', 'rateLimited',
  'expired', 'network', 'system', 'syntax', 'refused', 'undefined',
] as const

export type Cause = (typeof deadCauses)[number] | (typeof livingCauses)[number]

export const isDead = (cause: Cause): boolean => (deadCauses as readonly string[]).includes(cause)
