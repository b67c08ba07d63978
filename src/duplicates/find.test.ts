/** Who may be the same person or company, before and after saving. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { definitionOf } from '../records/entity-types.ts'
import { duplicateGroups } from './groups.ts'

const made = async (app: TestApp, path: string, body: object): Promise<string> => (await app.api.post(path, body)).body.id
const short = ({ items }: { items: { name: string; reasons: string[] }[] }) => Object.fromEntries(items.map(({ name, reasons }) => [name, reasons]))

test('the same address in any spelling, or the same name with city, account or phone, is a duplicate; the name alone is not', async () => {
  await using app = await startApp()
  const account = await made(app, '/accounts', { name: 'Firm' })
  const anna = await made(app, '/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@MÜNCHEN.example', addressCity: 'Bonn', accountId: account, phoneNumber: '+49 (30) 1234' })
  await made(app, '/contacts', { firstName: 'Twin', emailAddress: 'ANNA@xn--mnchen-3ya.example' })
  await made(app, '/contacts', { firstName: 'anna', lastName: 'BERG', addressCity: 'bonn', accountId: account, phoneNumber: '0049-301234' })
  await made(app, '/contacts', { firstName: 'Anna', lastName: 'Berg', addressCity: 'Rome' })
  await made(app, '/contacts', { firstName: 'Carl' })
  const expected = { Twin: ['emailAddress'], 'anna BERG': ['nameAndCity', 'nameAndAccount', 'nameAndPhone'] }
  expect(short((await app.api.get(`/contacts/${anna}/duplicates`)).body)).toEqual(expected)
  const values = { firstName: 'Anna', lastName: 'Berg', emailAddress: ' Anna@münchen.example ', addressCity: 'BONN', accountId: account, phoneNumber: '49301234' }
  expect(short((await app.api.post('/contacts/duplicates', { values, exceptId: anna })).body)).toEqual(expected)
  expect(short((await app.api.post('/contacts/duplicates', { values: {} })).body)).toEqual({})
  expect(short((await app.api.post('/contacts/duplicates', { values: { accountId: 'nobody', lastName: 3, teamIds: ['x'], firstName: 'Carl' } })).body)).toEqual({})
})

test('companies are compared by their own fields', async () => {
  await using app = await startApp()
  const firm = await made(app, '/accounts', { name: 'Firm', billingAddressCity: 'Bonn', phoneNumber: '123' })
  await made(app, '/accounts', { name: 'FIRM', billingAddressCity: 'bonn' })
  await made(app, '/accounts', { name: 'Firm', phoneNumber: '1-2-3' })
  expect((await app.api.get(`/accounts/${firm}/duplicates`)).body.items.map(({ reasons }: { reasons: string[] }) => reasons)).toEqual([['nameAndCity'], ['nameAndPhone']])
})

test('all groups of duplicates are walked page by page, each met once', async () => {
  await using app = await startApp()
  for (let n = 0; n < 7; n++) for (let copy = 0; copy <= n % 3; copy++) await made(app, '/contacts', { firstName: `P${n}`, emailAddress: `P${n}@example.org`, addressCity: 'Bonn' })
  const walk = async (by: string) => {
    const met: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await app.api.get(`/contacts/duplicates?by=${by}&limit=2${cursor && `&cursor=${cursor}`}`)
      met.push(...body.items.map((group: { values: string[]; count: number; records: object[] }) => `${group.values} ${group.count} ${group.records.length}`))
      cursor = body.next
    }
    return met
  }
  expect(await walk('emailAddress')).toEqual(['p1@example.org 2 2', 'p2@example.org 3 3', 'p4@example.org 2 2', 'p5@example.org 3 3'])
  expect(await walk('nameAndCity')).toEqual(['p1,bonn 2 2', 'p2,bonn 3 3', 'p4,bonn 2 2', 'p5,bonn 3 3'])
  expect((await app.api.get('/contacts/duplicates?cursor=x')).status).toBe(400)
})

test('looking for groups among too many records is given up, and what to do instead is said', async () => {
  await using app = await startApp()
  const holder = await app.db.startTransaction().execute()
  await sql`lock table contact in access exclusive mode`.execute(holder)
  const looking = duplicateGroups(app.db, definitionOf('Contact'), { by: 'emailAddress', limit: 20 }, app.admin, 100)
  await expect(looking).rejects.toMatchObject({ kind: 'unavailable', code: 'filterTooSlow', message: expect.stringContaining('open one of them') })
  await holder.rollback().execute()
})
