/** A merge is taken back: the others come back with what was theirs, the record that stayed gets its old values, unless somebody has changed it since. */
import { unmergeMembers } from '../audience/merge-members.ts'
import { type KeptAction, keptMembers, membersBefore, nextKeptRecords } from '../bin/kept.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { EntityType } from '../records/definition.ts'
import type { Followers } from '../records/follow.ts'
import { removePairs } from '../records/restore.ts'
import type { Authorship } from '../records/store.ts'
import { changeBack } from './change-back.ts'
import type { Undone } from './contract.ts'
import { restoreDeleted } from './restore.ts'

/** More are never merged at once. */
const mostMerged = 100
const firstId = '00000000-0000-0000-0000-000000000000'

export async function unmerge(tx: Tx, followers: Followers, type: EntityType, action: KeptAction, by: Authorship): Promise<Undone> {
  const { columns = [], survivorId = firstId, moved = [], pairs = [], refusals = 0 } = action.detail
  const otherIds = await nextKeptRecords(tx, action.id, firstId, mostMerged)
  await removePairs(tx, type, survivorId, pairs)
  await unmergeMembers(tx, type.name, survivorId, membersBefore(action.id, survivorId), keptMembers(otherIds))
  const survivor = columns.length > 0 ? await changeBack(tx, type, { id: action.id, columns }, [survivorId], by) : { notes: [] }
  const others = await restoreDeleted(tx, type, otherIds, action.at, survivorId)
  if (others.notRestored > 0) throw notApart(others)
  for (const { fromId, by: movedBy } of moved.filter(({ fromId }) => otherIds.includes(fromId))) {
    for (const [name, follower] of Object.entries(followers)) {
      if (name in movedBy) await follower.moveBack(tx, { entityType: type.name, fromId, toId: survivorId }, movedBy[name])
    }
  }
  // A "no" is never lifted by a program: it may have been said again since, and then it was there already.
  const stays = refusals > 0 ? [{ id: survivorId, name: '', reason: `${refusals} opt-outs that the merge carried over to the other address stay.` }] : []
  return { ...others, notes: [...survivor.notes, ...others.notes, ...stays] }
}

/** All or nothing: what the survivor has from one that stays in the bin would be lost with it, and the rest of the merge could be undone by nobody. */
const notApart = ({ notes, notRestored }: Undone) => new AppError('conflict', 'mergeNotUndone',
  `The merge cannot be undone as long as this stands in its way: ${notes.slice(0, notRestored).map(({ name, reason }) => (name ? `${name}: ${reason}` : reason)).join(' ')}`)
