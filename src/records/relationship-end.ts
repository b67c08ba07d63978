/** A relationship seen from the type at one of its ends: who is at the other, and where the link or the pairs are kept. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type EntityType, type Relationship, targetListEnd } from './definition.ts'
import { findDefinition, relationships } from './entity-types.ts'

/** `holder`: which end has the link of a many-to-one; null for pairs. `here` is the end that the record stands at. */
export type End = { relationship: Relationship; here: 'left' | 'right'; other: EntityType; holder: 'left' | 'right' | null }

/** By what the type calls those at the other end: Account `contacts`. `targetLists` where target lists are there, which are no records. */
export function findEnd(type: EntityType, name: string): End | 'targetLists' | undefined {
  for (const relationship of relationships()) {
    const { kind, left, right, leftName, rightName } = relationship
    const here = left === type.name && leftName === name ? 'left' : right === type.name && rightName === name ? 'right' : null
    if (!here) continue
    const otherName = here === 'left' ? right : left
    if (otherName === targetListEnd) return 'targetLists'
    const other = findDefinition(otherName)
    if (other) return { relationship, here, other, holder: kind === 'manyToOne' ? 'left' : kind === 'oneToMany' ? 'right' : null }
  }
  return undefined
}

/** The column of the link, in the table of the type that holds it. */
export function linkOf(type: EntityType, relationship: Relationship, holder: 'left' | 'right'): string {
  return columnOf(type.fields.find(({ name }) => name === relationship[`${holder}Name`])!)
}

export const pairColumns = (here: 'left' | 'right'): { mine: RawBuilder<unknown>; theirs: RawBuilder<unknown> } =>
  (here === 'left' ? { mine: sql`left_id`, theirs: sql`right_id` } : { mine: sql`right_id`, theirs: sql`left_id` })
