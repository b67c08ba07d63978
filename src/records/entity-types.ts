/**
 * Which entity types there are. All other modules ask here; the types themselves are data: shipped.ts, and what an administrator has
 * added in the database. A process holds a snapshot, so that asking costs nothing. It is taken anew where work begins (a request, a
 * task, a freeze, a batch of a sender) if the stamp in the database is another one by then: docs/decisions/0008.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import type { EntityType, Relationship } from './definition.ts'
import { shippedRelationships, shippedTypes } from './shipped.ts'
import { type Definitions, readDefinitions } from './stored-definitions.ts'

let snapshot: Definitions = { stamp: '', types: shippedTypes, relationships: shippedRelationships, formerNames: [] }

/** The same frozen array until something changes: caches may go by it, or by one of its types. */
export const entityTypes = (): readonly EntityType[] => snapshot.types

export const relationships = (): readonly Relationship[] => snapshot.relationships

/** Names of types that are gone, but may still be named in templates of what is being sent. */
export const formerTypeNames = (): readonly string[] => snapshot.formerNames

/** The state of the definitions that this process holds. */
export const definitionsStamp = (): string => snapshot.stamp

/** The stamp of a database in which nobody has ever changed a definition (migration 0019). */
export const untouchedStamp = '00000000-0000-0000-0000-000000000000'

/** The number of the newest read that was begun, and of the one whose answer stands. */
let begun = 0
let taken = 0

/**
 * Makes sure that this process holds the definitions as they are now; one small query when it does. A read that was begun later has
 * seen at least as much, so an answer that arrives behind it is dropped.
 */
export async function refreshEntityTypes(db: Db): Promise<void> {
  const turn = ++begun
  const { rows } = await sql<{ stamp: string }>`select stamp from entity_schema`.execute(db)
  if (rows[0]!.stamp === snapshot.stamp) return
  const read = await readDefinitions(db)
  if (turn < taken) return
  taken = turn
  if (read.stamp !== snapshot.stamp) snapshot = read
}

/**
 * The definitions as they are, and stay until the transaction ends: whoever changes them waits so long. For each batch of long work, which
 * would write into a field that is gone. Answers their stamp.
 */
export async function holdDefinitions(tx: Tx): Promise<string> {
  await sql`select from entity_schema for share`.execute(tx)
  await refreshEntityTypes(tx)
  return snapshot.stamp
}

/** Types whose records may be members of target lists, in the order in which they are mailed. */
export const mailableTypes = (): readonly EntityType[] => entityTypes().filter(({ mailable }) => mailable)

/** Of types whose records are, or may become, members of target lists. */
export const audienceTypeNames = (): string[] => entityTypes().filter(({ baseType }) => baseType !== 'base').map(({ name }) => name)

/** By its name, `Contact`; throws 404 for an unknown one. */
export function definitionOf(name: string): EntityType {
  const found = findDefinition(name)
  if (!found) throw notFound('entity type', name)
  return found
}

export const findDefinition = (name: string): EntityType | undefined => entityTypes().find((type) => type.name === name)

/** By its slug in addresses, `contacts`; throws 404 for an unknown one. */
export function definitionAt(slug: string): EntityType {
  const found = entityTypes().find((type) => type.slug === slug)
  if (!found) throw notFound('entity type', slug)
  return found
}
