/** Pairs of a many-to-many relationship come back with whichever of the two comes back last. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'

test.each([['restored in the order of their deletion', [0, 1]], ['the other way round', [1, 0]]])('two related records, %s, are related again', async (_, order) => {
  await using app = await startApp()
  await sql`create table x_pair (left_id uuid not null references contact on delete cascade, right_id uuid not null references account on delete cascade, primary key (left_id, right_id))`.execute(app.db)
  await app.db.insertInto('relationship').values({
    id: newId(), kind: 'manyToMany', leftType: 'Contact', rightType: 'Account', leftName: 'clients', rightName: 'advisers', leftLabel: 'Clients', rightLabel: 'Advisers', joinTable: 'x_pair',
  }).execute()
  await sql`update entity_schema set stamp = ${newId()}`.execute(app.db)
  await refreshEntityTypes(app.db)
  const ids = [(await app.api.post('/contacts', { firstName: 'Anna' })).body.id, (await app.api.post('/accounts', { name: 'Firm' })).body.id]
  await sql`insert into x_pair values (${ids[0]}, ${ids[1]})`.execute(app.db)
  await app.api.delete(`/contacts/${ids[0]}`)
  await app.api.delete(`/accounts/${ids[1]}`)
  for (const index of order) await app.api.post(`/bin/${ids[index]}/restore`)
  expect((await sql`select * from x_pair`.execute(app.db)).rows).toEqual([{ leftId: ids[0], rightId: ids[1] }])
})
