/** What a link may lead to: in which table that is, and which rows of it somebody may name. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { findDefinition } from './entity-types.ts'

/** What records link to, though it is no record. */
const otherTables: Record<string, string> = { Team: 'team', Role: 'role' }

export const linkTableOf = (linksTo: string): string | undefined => findDefinition(linksTo)?.table ?? otherTables[linksTo]

/** Records are given to colleagues and teams whom one may not read. */
const everybodyMayLinkTo = new Set(['User', 'Team', 'Role'])

/** Over the row `r`. */
export const mayLinkTo = (actor: Actor, linksTo: string): RawBuilder<boolean> =>
  everybodyMayLinkTo.has(linksTo) ? sql<boolean>`true` : allowed(actor, linksTo, 'read')
