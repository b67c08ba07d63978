import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { tellCheck } from './account-notices.ts'

test('administrators hear of a mailbox that stays unreadable, once, and once more when it is over', async () => {
  await using app = await startApp()
  const account = { id: '01890000-0000-7000-8000-000000000000', name: 'Bounces' }
  const failure = { reply: 'ECONNREFUSED', message: 'Nothing listens at mx:993.', advice: 'Look at host and port.', refused: false }
  const titles = async () => (await app.db.selectFrom('notice').select('title').orderBy('createdAt').orderBy('id').execute()).map(({ title }) => title)
  const tell = (before: string | null, now: typeof failure | null) => tellCheck(app.db, { ...account, checkError: before }, now, app.clock.read())
  await tell(null, failure)
  expect(await titles()).toEqual([])
  await tell('Nothing listens', failure)
  await tell('Nothing listens', failure)
  expect(await titles()).toEqual(['Bounces cannot be read'])
  await tell('Nothing listens', null)
  expect(await titles()).toEqual(['Bounces cannot be read', 'Bounces can be read again'])
})
