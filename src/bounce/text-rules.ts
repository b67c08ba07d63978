/**
 * What servers write when they refuse, as a table: the first row that fits decides. The order is the safety: a reason that leaves the
 * address alive outweighs one that kills it, since a good address that is marked dead is the worst error of all; only what is vague
 * ("access denied", "rejected") waits until the end.
 */
import type { Cause } from './causes.ts'
import { deadRules } from './text-rules-dead.ts'
import { foreignDeadRules } from './text-rules-dead-languages.ts'
import { fullRules } from './text-rules-full.ts'
import { messageRules } from './text-rules-message.ts'
import { vagueRules } from './text-rules-vague.ts'
import { wayRules } from './text-rules-way.ts'

export type TextRule = { name: string; cause: Cause; why: string; says: RegExp }

export const textRules: readonly TextRule[] = [...fullRules, ...messageRules, ...wayRules, ...deadRules, ...foreignDeadRules, ...vagueRules]
