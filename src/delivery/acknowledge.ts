/**
 * The other half of the mark: that the server took a message is written down at once, in group commits, long before the settlement
 * with its log and figures. After a crash only what is marked and not acknowledged is Uncertain.
 */
import { sql } from 'kysely'
import { arrayLiteral } from '../platform/columns.ts'
import type { Db } from '../platform/db.ts'
import { groupCommit } from '../platform/group-commit.ts'
import { prepare, Slot } from '../platform/prepared.ts'

export type Acknowledgement = { lane: number; id: number; senderId: number; messageId: string; at: Date }

/** Resolves when it is committed. */
export function createAcknowledger(db: Db): (acknowledgement: Acknowledgement) => Promise<void> {
  const write = prepare(db, sql`
    insert into wire (lane, sender_id, taken, message_ids, at)
    values (${new Slot('lane')}::smallint, ${new Slot('senderId')}::bigint, ${new Slot('ids')}::bigint[], ${new Slot('messageIds')}::text[], ${new Slot('at')}::timestamptz)`)
  const commit = groupCommit<Acknowledgement, void>(async (items) => {
    await Promise.all(byLane(items).map((group) => write({
      ...group[0]!, ids: arrayLiteral(group.map(({ id }) => id)), messageIds: arrayLiteral(group.map(({ messageId }) => messageId)),
    })))
    return items.map(() => undefined)
  })
  return (acknowledgement) => commit.add(acknowledgement)
}

/** One lane and one sender in each statement. */
function byLane(items: readonly Acknowledgement[]): Acknowledgement[][] {
  const groups = new Map<string, Acknowledgement[]>()
  for (const item of items) {
    const key = `${item.lane} ${item.senderId}`
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}
