/** Which entity types there are. All other modules ask here; the types themselves are data (shipped.ts). */
import { notFound } from '../platform/errors.ts'
import type { EntityType } from './definition.ts'
import { shippedTypes } from './shipped.ts'

export const entityTypes = (): readonly EntityType[] => shippedTypes

/** Types whose records may be members of target lists, in the order in which they are mailed. */
export const mailableTypes = (): readonly EntityType[] => entityTypes().filter(({ mailable }) => mailable)

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
