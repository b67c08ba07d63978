/** What a view asks for that its entity type does not have: refused when it is saved, told when it went later. */
import { fieldsOf, readQuery } from '../listing/query.ts'
import type { ListContext } from '../listing/listable.ts'
import { type Fault, faultsIn } from '../platform/errors.ts'
import { findDefinition } from '../records/entity-types.ts'
import { listableOf } from '../records/record-list.ts'

type Asked = { entityType: string; filter?: unknown; q?: string | undefined; sort?: string | undefined; columns?: string[] | undefined }

export function faultsOf({ entityType, filter, q, sort, columns }: Asked, context: ListContext): Fault[] {
  const type = findDefinition(entityType)
  if (!type) return [{ path: 'entityType', message: `There is no entity type ${entityType}.` }]
  const listable = listableOf(type)
  const query = () => readQuery(listable, { filter: filter ?? undefined, q, ...(sort && { sort }) }, context)
  const shown = () => fieldsOf(listable, columns?.join(','))
  return [...faultsIn(query), ...faultsIn(shown).map((fault) => ({ ...fault, path: 'columns' }))]
}
