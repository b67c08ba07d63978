/** The codes of this part, as they stand in the API, in the database and on screens. No database, no I/O: the web reads them too. */

/** What a message says about a delivery; where it says several things the first counts. */
export const findingKinds = ['hard', 'soft', 'delayed', 'delivered', 'complained', 'optedOut', 'replied', 'autoReply'] as const
export type FindingKind = (typeof findingKinds)[number]

/** Why a report proves nothing. The first that applies. */
export const doubts = ['noToken', 'testMail', 'notSent', 'tooOld', 'otherAddress'] as const
export type Doubt = (typeof doubts)[number]

/**
 * `unverified`: it claims what would act, and does not prove it. `notUnderstood`: about a mail of ours, and nobody knows what it says.
 * `setAside`: reading it failed again and again.
 */
export const messageOutcomes = ['logged', 'unverified', 'notUnderstood', 'ignored', 'setAside'] as const

/** How a message came in: read in a mailbox, handed over by a mail server, told by a provider, answered by the Sandbox. */
export const doors = ['imap', 'smtp', 'webhook', 'sandbox'] as const

/** What a person may say that a message is. */
export const handKinds = ['hard', 'soft', 'complained', 'optedOut', 'replied', 'ignore'] as const
export type HandKind = (typeof handKinds)[number]
