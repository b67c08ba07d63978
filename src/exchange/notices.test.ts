import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { imported, upload } from '../../test/given-import.ts'

const told = async (app: TestApp, key: string) => (await app.as(key).get('/notices')).body.items
const people = 'First,Email\nAnna,anna@x.test\nBen,ben@x.test\nAnna again,anna@x.test\n,\n'
const settings = { mapping: { First: 'firstName', Email: 'emailAddress' } }

test('whoever started an import hears how it ended, with its four numbers; nobody hears of a dry run', async () => {
  await using app = await startApp()
  const result = await imported(app, people, { ...settings, action: 'create', skipDuplicates: true, dryRun: true })
  expect(await told(app, app.adminKey)).toEqual([])
  await imported(app, people, { ...settings, action: 'create', skipDuplicates: true })
  const { created, updated, duplicates, rejected } = result
  expect(await told(app, app.adminKey)).toMatchObject([{
    kind: 'importDone', level: rejected > 0 ? 'warning' : 'success', title: 'people.csv is imported', about: { type: 'Import' },
    text: expect.stringContaining(`${created} created, ${updated} updated, ${duplicates} left alone as duplicates, ${rejected} rejected.`),
  }])
  expect(await told(app, (await app.givenUser('admin')).key)).toEqual([])
})

test('an import that fails says why, once, and one that is canceled says nothing', async () => {
  await using app = await startApp()
  const start = async () => (await app.api.post('/imports', ...upload(people, { entityType: 'Contact', ...settings }))).body.task.id
  await app.api.delete(`/tasks/${await start()}`)
  await app.settle()
  expect(await told(app, app.adminKey)).toEqual([])
  await start()
  await rm(join(app.environment.dataDir, 'imports'), { recursive: true })
  await app.db.deleteFrom('importFile').execute()
  await app.settle()
  expect(await told(app, app.adminKey)).toMatchObject([{ kind: 'importDone', level: 'error', title: 'The import of people.csv failed', text: expect.stringMatching(/^The uploaded file is gone.* 0 created/) }])
})

test('an import whose worker dies right behind its end is told once', async () => {
  await using app = await startApp()
  await imported(app, people, { ...settings, action: 'create' })
  await app.db.updateTable('task').set({ status: 'queued' }).where('kind', '=', 'import').execute()
  await app.settle()
  expect(await told(app, app.adminKey)).toHaveLength(1)
})
