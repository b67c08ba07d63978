/** Deleted records come back from the bin: rows, memberships, links; and a word for each that does not, or not wholly. */
import { restoreMembers } from '../audience/restore-members.ts'
import { keptLinks, keptMembers, keptRows, letGo, lockKeptRecords, noteProblems, passOnLinks, passOnPairs } from '../bin/kept.ts'
import type { Tx } from '../platform/db.ts'
import type { EntityType } from '../records/definition.ts'
import { pairEnds } from '../records/links.ts'
import { restoreLinks, restorePairs, restoreRows, whyNotRestored } from '../records/restore.ts'
import type { Undone } from './contract.ts'

/** How many records a result names; the counts are complete. */
export const mostNotes = 200

/** Those that are no longer in the bin were restored by somebody else meanwhile, and are not counted. `since` is when they were deleted. */
export async function restoreDeleted(tx: Tx, type: EntityType, ids: readonly string[], since: Date, insteadOf: string | null = null): Promise<Undone> {
  const locked = await lockKeptRecords(tx, ids)
  const there = locked.map(({ id }) => id)
  if (there.length === 0) return { restored: 0, notRestored: 0, notes: [] }
  const { restored, lost } = await restoreRows(tx, type, keptRows(there))
  const listsGone = await restoreMembers(tx, keptMembers(restored), since)
  await restoreLinks(tx, type, (fromType, column) => keptLinks(restored, fromType, column), insteadOf)
  await restorePairs(tx, type, (relationshipId, own) => keptLinks(restored, relationshipId, own))
  await passOnLinks(tx, restored, lost.map((each) => ({ ...each, fromType: type.name })))
  for (const end of pairEnds(type)) await passOnPairs(tx, restored, end)
  const back = new Set(restored)
  const missing = there.filter((id) => !back.has(id))
  const problems = missing.length > 0 ? await whyNotRestored(tx, type, keptRows(missing)) : []
  await noteProblems(tx, problems)
  await letGo(tx, restored)
  const names = new Map(locked.map(({ id, name }) => [id, name]))
  const notes = [
    ...problems,
    ...lost.map(({ recordId, field }) => ({ id: recordId, reason: `Restored without its ${field.label}: that ${field.linksTo!.toLowerCase()} is not there.` })),
    ...listsGone.map(({ recordId, name }) => ({ id: recordId, reason: `Its target list ${name} was deleted meanwhile.` })),
  ].slice(0, mostNotes).map((note) => ({ name: names.get(note.id) ?? '', ...note }))
  return { restored: restored.length, notRestored: missing.length, notes }
}
