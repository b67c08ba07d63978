import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, openBatch, sendThrough, statusOf } from '../../test/given-mass-email.ts'
import { givenContactsIn, givenListInStep, givenReport, runSyncJob } from '../../test/given-report.ts'

/** Nothing is sent here; what is frozen needs an account all the same. */
const nowhere = { port: 9 }

async function givenPending(app: TestApp, targetListId: string) {
  const massEmail = await givenMassEmail(app, { to: ['zoe'], status: 'draft' })
  const { status, text } = await app.api.patch(`/mass-emails/${massEmail.id}`, { targetListIds: [targetListId], status: 'pending' })
  if (status !== 200) throw new Error(text)
  return massEmail
}

const onMembers = (app: TestApp, does: string) => sql.raw(`
  create function watched() returns trigger language plpgsql as $$ begin ${does}; return new; end $$;
  create trigger watched before insert on target_list_member for each row execute function watched()`).execute(app.db)

test('what is in process goes on before anything is frozen, whatever the reports of what is due do', async () => {
  await using app = await startApp()
  await sendThrough(app, nowhere)
  const going = await givenMassEmail(app, { to: ['otto'] })
  await openBatch(app)
  await app.db.updateTable('massEmail').set({ openedThrough: 0 }).where('id', '=', going.id).execute()
  await givenContactsIn(app, { anna: 'Berlin' })
  await givenPending(app, await givenListInStep(app, [await givenReport(app)]))
  await sql.raw('create function killed() returns trigger language plpgsql as $$ begin raise exception \'killed\'; end $$; create trigger killed before insert on sync_hold for each row execute function killed()').execute(app.db)
  await onMembers(app, 'raise exception \'slow\'')

  await expect(openBatch(app)).rejects.toThrow('killed')
  expect((await app.db.selectFrom('massEmail').select('openedThrough').where('id', '=', going.id).executeTakeFirstOrThrow()).openedThrough).toBeGreaterThan(0)
})

test('a report has one minute before a mass email starts, and ten by the job', async () => {
  await using app = await startApp()
  await sendThrough(app, nowhere)
  await sql`create table patience (lasts text)`.execute(app.db)
  const list = await givenListInStep(app, [await givenReport(app)])
  await onMembers(app, 'insert into patience values (current_setting(\'statement_timeout\'))')
  await givenContactsIn(app, { anna: 'Berlin' })
  await runSyncJob(app)
  const massEmail = await givenPending(app, list)
  await givenContactsIn(app, { ben: 'Berlin' })
  await openBatch(app)
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  // Who is put into a list by hand is watched as well.
  const { rows } = await sql<{ lasts: string }>`select lasts from patience where lasts like '%min'`.execute(app.db)
  expect(rows.map(({ lasts }) => lasts)).toEqual(['10min', '1min'])
})

test('freezing ends after a minute, and the next run goes on with what was tried longest ago', async () => {
  await using app = await startApp()
  await sendThrough(app, nowhere)
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const list = await givenListInStep(as, [await givenReport(as)])
  const [first, second] = [await givenPending(app, list), await givenPending(app, list)]
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', user.actor.userId).execute()

  /** Half a minute and a bit goes by whenever somebody looks at it. */
  const clock = () => {
    app.clock.advance({ seconds: 31 })
    return app.clock.read()
  }
  for (let run = 0; run < 4; run++) await app.jobs['send-mass-emails']!.run({ db: app.db, clock, signal: new AbortController().signal })
  const { items } = (await app.api.get(`/target-lists/${list}/report-sync/runs`)).body
  expect(items.map(({ massEmailId }: any) => massEmailId).reverse()).toEqual([first.id, second.id, first.id, second.id])
})

test('who fills a list or syncs it by hand waits seconds; what takes longer goes on in the background', async () => {
  await using app = await startApp()
  await givenContactsIn(app, { anna: 'Berlin' })
  const reportId = await givenReport(app)
  const list = await givenListInStep(app, [reportId])
  const answers = await app.db.transaction().execute(async (tx) => {
    await sql`lock table contact in access exclusive mode`.execute(tx)
    return Promise.all([app.api.post(`/target-lists/${list}/members`, { reportId }), app.api.post(`/target-lists/${list}/members/remove`, { reportId }), app.api.post(`/target-lists/${list}/report-sync/run`)])
  })
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
  await app.settle()
  for (const { body } of answers) expect((await app.api.get(`/tasks/${body.task.id}`)).body.status).toBe('done')
}, 20_000)
