/** The codes of this part, as they stand in the API, in the database and on screens. No database, no I/O: the web reads them too. */

/** Why a candidate of a mass email is not mailed, in the order in which it is judged: the first that applies. */
export const hindrances = [
  'excludedRecord', 'noAddress', 'malformedAddress', 'excludedAddress', 'complained', 'optedOutOfList', 'optedOutEntirely',
  'invalidAddress', 'softBounced', 'doNotEmail', 'inactiveUser', 'notReadable', 'notMailable', 'duplicateAddress',
] as const
export type Hindrance = (typeof hindrances)[number]
export type Verdict = Hindrance | 'included'

/** What can have changed between freezing and the wire, beside the hindrances. */
export const lateHindrances = ['recordDeleted', 'removedFromLists', 'addressChanged'] as const
export type LateHindrance = Hindrance | (typeof lateHindrances)[number]

/** A member of a target list as people read it; the first that applies. Exclusions and duplicates concern a mass email alone. */
export const memberStates = [
  'noAddress', 'malformed', 'complained', 'optedOut', 'invalid', 'softBounced', 'doNotEmail', 'inactiveUser', 'notMailable', 'deliverable',
] as const
export type MemberState = (typeof memberStates)[number]

export const memberSources = ['manual', 'import', 'form', 'api', 'report', 'log'] as const
export type MemberSource = (typeof memberSources)[number]

/** Why an address is never mailed; it may have several reasons. `doNotEmail` without a record that says it: a merge took the record. */
export const suppressionReasons = ['optedOut', 'invalid', 'complained', 'softBounced', 'doNotEmail'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** What put it there: a person, a file, a program, the recipient on a page or by mail, mail itself (`delivery`: refused at once), or a merge of two records. */
export const suppressionSources = ['manual', 'import', 'api', 'optOutPage', 'oneClick', 'preferences', 'mailto', 'bounce', 'complaint', 'delivery', 'merge'] as const
