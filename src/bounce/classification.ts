/** What a message that came back turned out to be. Types only: the shape that attribution, the log and the command share. */
import type { Cause } from './causes.ts'

/**
 * The seven of spec 4 and `delivered`: a report that all went well (RFC 3464 2.3.3 delivered, relayed, expanded), which is no bounce.
 * A report about several recipients is a `bounce` when one of them failed.
 */
export const mailKinds = ['bounce', 'delayed', 'delivered', 'feedback', 'autoReply', 'optOut', 'reply', 'other'] as const
export type MailKind = (typeof mailKinds)[number]

/** hard: this address will never work. soft: everything else, whatever the status code says. */
export type Bounce = 'hard' | 'soft'

export type BouncedRecipient = {
  /** As the report spells it, without angle brackets. The report may be forged: an address here proves nothing. */
  address: string
  /** The address that was mailed, where the report tells that it was forwarded or rewritten; else null. */
  original: string | null
  /** The enhanced status code (RFC 3463) that was believed, or null when none was found. */
  status: string | null
  /** failed, delayed, delivered, relayed or expanded (RFC 3464 2.3.3), guessed from the kind where the report has no such field; or complained. */
  action: string
  /** Why, as one of our causes; `undefined` when nothing in the message says it. */
  reason: Cause
  /** The words of the server that refused, in one line of at most 500 characters, or ''. */
  diagnostic: string
  /** null when this recipient did not fail. */
  bounce: Bounce | null
  /** The rule that decided. */
  rule: string
}

export type References = {
  /** Message-IDs with angle brackets, of the returned original first, then what the message answers. */
  messageIds: string[]
  /** Values of X-Delivery, wherever in the message, as text: their signature is for the caller to check. */
  deliveryTokens: string[]
  /** Addresses the message was sent to: with VERP one of them names the delivery. */
  sentTo: string[]
}

export type Classification = {
  kind: MailKind
  /** Of all recipients the worst: hard before soft; null unless `kind` is `bounce`. */
  bounce: Bounce | null
  /** Of a bounce, delay notice or delivery report whom it is about; of a complaint who complained, where the provider tells. */
  recipients: BouncedRecipient[]
  /** Feedback-Type of a complaint (RFC 5965 7.3): abuse, fraud, virus, not-spam, auth-failure, …; null when there is none. */
  feedbackType: string | null
  /** 0 to 1: how sure the deciding rule is of the kind. */
  confidence: number
  /** The rule that decided the kind. */
  rule: string
  references: References
}
