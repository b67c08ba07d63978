/** Entity types are data in the database: whichever process changes them, all others know. */
import { expect, test } from 'vitest'
import { openApi } from '../../src/demo/api.ts'
import { startApp } from '../app.ts'
import { givenEntityType } from '../given-entity-type.ts'
import { dataFolder, startProgram } from '../program.ts'

test('a type, a field and a removal in one process are known in another as soon as they are answered', async () => {
  await using app = await startApp()
  await using data = await dataFolder()
  await using program = await startProgram(data.path, { DATABASE_URL: app.url, TIDINGS_ROLES: 'web' })
  const there = openApi(program.url, (await app.givenUser('admin')).key)
  await givenEntityType(app)
  expect(await there.post('/doctors', { lastName: 'Ito', beds: 3 })).toMatchObject({ name: 'Ito', beds: 3 })
  await there.post('/entity-types/Doctor/fields', { name: 'pager', type: 'phone' })
  expect((await app.api.post('/doctors', { lastName: 'Berg', pager: '12' })).body).toMatchObject({ pager: '12' })
  await app.api.delete('/entity-types/Doctor/fields/beds')
  expect((await there.get<{ items: object[] }>('/doctors?sort=lastName')).items).toEqual([
    expect.not.objectContaining({ beds: 3 }), expect.objectContaining({ name: 'Ito', pager: '' })])
  await there.post('/entity-types/undo', {})
  expect((await app.api.get('/doctors?sort=-beds')).body.items[0]).toMatchObject({ name: 'Berg', beds: null })
})
