/** What is kept about a record elsewhere (log, deliveries, test groups) and moves along when two records become one. */
import type { Tx } from '../platform/db.ts'

/** `emailKey`: the address of the record that goes, as addresses compare; empty where it has none. */
export type Merge = { entityType: string; fromId: string; toId: string; emailKey: string }

/** `move` answers what it moved, as JSON, so that `moveBack` can undo exactly that. */
export type Follower = {
  move(tx: Tx, merge: Merge): Promise<unknown>
  moveBack(tx: Tx, merge: Omit<Merge, 'emailKey'>, moved: any): Promise<void>
}
/** By name. They are given by the application: records know of none of them. */
export type Followers = Record<string, Follower>
