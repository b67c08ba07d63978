/**
 * The other half of the mark: that the server took a message is written down at once, in group commits, long before the settlement
 * with its log and figures. After a crash only what is marked and not acknowledged is Uncertain.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { groupCommit } from '../platform/group-commit.ts'
import { prepare, Slot } from '../platform/prepared.ts'

export type Acknowledgement = { lane: number; id: number; senderId: number; messageId: string; at: Date }

/** Resolves when it is committed. */
export function createAcknowledger(db: Db): (acknowledgement: Acknowledgement) => Promise<void> {
  const write = prepare(db, sql`
    update delivery d set sent_at = ${new Slot('at')}::timestamptz, message_id = given.message_id
      from unnest(${new Slot('ids')}::bigint[], ${new Slot('messageIds')}::text[]) as given (id, message_id)
     where d.lane = ${new Slot('lane')}::smallint and d.id = given.id and d.status::text = 'sending' and d.sender_id = ${new Slot('senderId')}::bigint`)
  const commit = groupCommit<Acknowledgement, void>(async (items) => {
    await Promise.all(byLane(items).map((group) => write({
      ...group[0]!, ids: group.map(({ id }) => id), messageIds: group.map(({ messageId }) => messageId),
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
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()]
}
