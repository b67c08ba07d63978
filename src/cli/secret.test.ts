/** Changing the secret, as the commands do it; test/whole/secret.test.ts runs them. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { ringOf, secretFile } from '../platform/secret-ring.ts'
import { forgetEarlier, rotate } from './secret.ts'

const linesOf = ({ environment }: TestApp) => readFileSync(secretFile(environment.dataDir), 'utf8').trim().split('\n')
const waiting = async ({ db }: TestApp) => (await sql<{ count: number }>`select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`.execute(db)).rows[0]!.count

test('of two who change the secrets at once one waits for the other, so that none is lost', async () => {
  await using app = await startApp()
  ringOf(app.environment)
  const [before] = linesOf(app)
  const both = await app.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtext('tidings.secret'))`.execute(connection)
    const changes = [rotate(app), rotate(app)]
    await expect.poll(() => waiting(app)).toBe(2)
    expect(linesOf(app)).toEqual([before])
    await sql`select pg_advisory_unlock(hashtext('tidings.secret'))`.execute(connection)
    return changes
  })
  await Promise.all(both)
  expect(linesOf(app)).toHaveLength(3)
  expect(linesOf(app)[2]).toBe(before)
  expect(await forgetEarlier(app, { yes: true })).toMatchObject({ data: { forgotten: 2 } })
  expect(linesOf(app)).toHaveLength(1)
})

test('before earlier secrets are forgotten it is said which addresses are registered at providers and will be strangers, and only those', async () => {
  await using app = await startApp({ now: new Date() })
  await app.api.post('/provider-webhooks', { name: 'Old Postmark', provider: 'postmark' })
  // What is sealed here is sealed with the secret of the test, which the file does not have.
  await app.db.updateTable('providerWebhook').set({ keySealed: null }).execute()
  await rotate(app)
  app.clock.advance({ minutes: 5 })
  await app.api.post('/provider-webhooks', { name: 'New Postmark', provider: 'postmark' })
  await app.db.updateTable('providerWebhook').set({ keySealed: null }).execute()
  const told = await forgetEarlier(app, {}).catch((error: Error) => error.message)
  expect(told).toContain('Old Postmark')
  expect(told).not.toContain('New Postmark')
  expect(await forgetEarlier(app, { yes: true })).toMatchObject({ text: expect.stringContaining('Old Postmark'), data: { forgotten: 1, providerWebhooks: ['Old Postmark'] } })
})
