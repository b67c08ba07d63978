import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { givenSent } from '../../test/given-returned-mail.ts'
import { signedOrigins } from './origins.ts'

test('a report that is faster than the settlement finds that its mail has left; one that was never marked has not', async () => {
  await using app = await startApp()
  const { deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'], { status: 'pending' })
  await sql`update delivery set status = 'sending', sender_id = 7 where lane = ${ann!.lane} and id = ${ann!.id}`.execute(app.db)
  await sql`update delivery set status = 'sending', sender_id = 7 where lane = ${ben!.lane} and id = ${ben!.id}`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) values (${ann!.lane}, 7, ${[ann!.id]}::bigint[], ${app.clock.read()})`.execute(app.db)
  expect((await signedOrigins(app.db, [ann!])).map(({ leftAt }) => leftAt)).toEqual([app.clock.read()])
  expect((await signedOrigins(app.db, [ben!])).map(({ leftAt }) => leftAt)).toEqual([null])
})
