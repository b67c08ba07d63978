/** What the web knows of a record whatever its entity type, and where its type is exported. */
import { displayAddress } from '../ui/address.ts'
import { queryText } from './query-text.ts'

export type RecordRow = { id: string; name?: string | null; version?: number; [field: string]: unknown }

/** A link's value stands under its id; the answer names it beside: `accountId` → `accountName`. */
export const linkedName = (record: Record<string, unknown>, { name }: { name: string }): string | undefined =>
  (record[name.replace(/Id$/, 'Name')] as string | null | undefined) ?? undefined

/** `Anna Berg`, else the address, else that there is no name. */
export const nameOf = ({ name, emailAddress, userName }: RecordRow): string => name || displayAddress(String(emailAddress || userName || 'No name'))

export const exportAddress = (slug: string, kind: 'csv' | 'xlsx', query: Record<string, unknown>) => `/api/v1/${slug}/export.${kind}${queryText(query)}`
