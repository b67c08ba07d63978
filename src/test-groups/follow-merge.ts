/** Test groups hold the record that stayed, instead of the one that was merged into it. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

export const testGroupsFollow: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ testGroupId: string }>`
      update test_group_recipient r set record_id = ${toId}
       where entity_type = ${entityType} and record_id = ${fromId}
         and not exists (select from test_group_recipient own
                          where own.test_group_id = r.test_group_id and own.entity_type = ${entityType} and own.record_id = ${toId})
      returning test_group_id`.execute(tx)
    return rows.map(({ testGroupId }) => testGroupId)
  },
  async moveBack(tx, { entityType, fromId, toId }, groupIds: string[]) {
    await sql`
      update test_group_recipient set record_id = ${fromId}
       where test_group_id = any(${groupIds}::uuid[]) and entity_type = ${entityType} and record_id = ${toId}`.execute(tx)
  },
}
