/** Finds records for a link field, by the entity type it leads to. */
import { useCallback } from 'react'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import type { FieldDefinition } from '../../ui/FormField.tsx'

export function useLinkFinder() {
  const types = useEntityTypes()
  return useCallback((field: FieldDefinition, text: string) => finder(byName(types, field.entityType ?? '')?.slug ?? 'users')(text), [types])
}
