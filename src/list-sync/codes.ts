/** The codes of keeping in step, as they stand in the API and in the database. No database, no I/O: the web reads them too. */

/** `mirror`: the list is what the reports say. `addOnly`: nobody leaves it. */
export const syncModes = ['mirror', 'addOnly'] as const
export type SyncMode = (typeof syncModes)[number]

/** The scheduled job, somebody who pressed the button, or a mass email that is about to be frozen. */
export const syncReasons = ['job', 'hand', 'freeze'] as const
export type SyncReason = (typeof syncReasons)[number]

/** `held`: too many would have left an excluding list. `stopped`: not without a person. `failed`: something went wrong, and it is tried again. */
export const syncOutcomes = ['done', 'held', 'stopped', 'failed'] as const
export type SyncOutcome = (typeof syncOutcomes)[number]
