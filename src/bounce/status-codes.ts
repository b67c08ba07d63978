/**
 * Enhanced status codes (RFC 3463 and the IANA registry that RFC 5248 opened), for reports whose words say nothing. Subject and detail
 * decide; only a permanent one (5) can say that an address is dead, and only where the registry speaks of the destination address.
 */
import type { Cause } from './causes.ts'

export type StatusRule = { code: string; cause: Cause; why: string }

export const statusRules: readonly StatusRule[] = [
  { code: '1.1', cause: 'userUnknown', why: 'bad destination mailbox address' },
  { code: '1.2', cause: 'hostUnknown', why: 'bad destination system address' },
  { code: '1.3', cause: 'userUnknown', why: 'bad destination mailbox address syntax' },
  { code: '1.4', cause: 'refused', why: 'ambiguous: one of several exists' },
  { code: '1.6', cause: 'moved', why: 'destination mailbox has moved, no forwarding address' },
  { code: '1.7', cause: 'sender', why: "bad sender's mailbox address syntax" },
  { code: '1.8', cause: 'sender', why: "bad sender's system address" },
  { code: '1.10', cause: 'nullMx', why: 'recipient address has null MX (RFC 7505); Microsoft 365: recipient not found' },
  { code: '2.1', cause: 'suspended', why: 'mailbox disabled: it exists' },
  { code: '2.2', cause: 'mailboxFull', why: 'mailbox full' },
  { code: '2.3', cause: 'tooBig', why: 'message length exceeds administrative limit' },
  { code: '2.4', cause: 'system', why: 'mailing list expansion problem' },
  { code: '3.4', cause: 'tooBig', why: 'message too big for system' },
  { code: '4.4', cause: 'network', why: 'unable to route: often the set-up of the sending side' },
  { code: '4.7', cause: 'expired', why: 'delivery time expired' },
  { code: '4.310', cause: 'hostUnknown', why: 'Microsoft 365: the DNS domain does not exist' },
  { code: '5.3', cause: 'rateLimited', why: 'too many recipients' },
  { code: '7.13', cause: 'suspended', why: 'user account disabled' },
  { code: '7.17', cause: 'refused', why: 'mailbox owner has changed (RFC 7293): an old owner left, a new one lives' },
  { code: '7.18', cause: 'refused', why: 'domain owner has changed (RFC 7293)' },
  { code: '7.20', cause: 'authentication', why: 'no passing DKIM signature (RFC 7372)' },
  { code: '7.21', cause: 'authentication', why: 'no acceptable DKIM signature (RFC 7372)' },
  { code: '7.23', cause: 'authentication', why: 'SPF validation failed (RFC 7372)' },
  { code: '7.25', cause: 'blocked', why: 'reverse DNS validation failed (RFC 7372)' },
  { code: '7.26', cause: 'authentication', why: 'multiple authentication checks failed (RFC 7372)' },
  { code: '7.27', cause: 'sender', why: 'sender address has null MX (RFC 7505)' },
]

/** Whole subjects: what no row above names. */
export const subjectRules: readonly StatusRule[] = [
  { code: '3', cause: 'system', why: 'mail system status' },
  { code: '4', cause: 'network', why: 'network and routing status' },
  { code: '5', cause: 'syntax', why: 'mail delivery protocol status' },
  { code: '6', cause: 'content', why: 'message content or media status' },
  { code: '7', cause: 'policy', why: 'security or policy status' },
]
