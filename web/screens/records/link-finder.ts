/** Finds records for a link field, by the entity type it leads to. */
import { useCallback } from 'react'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import type { FieldDefinition } from '../../ui/FormField.tsx'

/** What records link to, though it is no record. */
const otherResources: Record<string, string> = { Team: 'teams', Role: 'roles' }

export function useLinkFinder() {
  const types = useEntityTypes()
  return useCallback((field: FieldDefinition, text: string) => finder(otherResources[field.entityType ?? ''] ?? byName(types, field.entityType ?? '')?.slug ?? 'users')(text), [types])
}
