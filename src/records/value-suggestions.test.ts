/** Suggestions of values that a field has already. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

test('a text field suggests what it holds already, the most frequent first, also of linked records, and only of records that one may read', async () => {
  await using app = await startApp()
  const { id: accountId } = (await app.api.post('/accounts', { name: 'Acme', industry: 'Steel' })).body
  for (const addressCity of ['Bergen', 'Berlin', 'Berlin', 'Hamburg', '', '100%']) await app.api.post('/contacts', { addressCity, accountId })
  const values = async (query: string, api = app.api) => (await api.get(`/contacts/values?${query}`)).body.values
  expect(await values('field=addressCity&q=ber')).toEqual(['Berlin', 'Bergen'])
  expect(await values('field=addressCity&q=%25')).toEqual(['100%'])
  expect(await values('field=account.industry')).toEqual(['Steel'])
  expect((await app.api.get('/accounts/values?field=contacts.addressCity&q=ham')).body.values).toEqual(['Hamburg'])
  const ben = await app.givenUser('regular', { rights: { types: { Contact: { create: true, read: 'own', edit: 'no', delete: 'no' } } } })
  await app.as(ben.key).post('/contacts', { addressCity: 'Bernau' })
  expect(await values('field=addressCity&q=ber', app.as(ben.key))).toEqual(['Bernau'])
  expect((await app.as(ben.key).get('/contacts/values?field=account.industry')).status).toBe(403)
  for (const field of ['shoeSize', 'doNotEmail', 'account.__proto__', 'accountId.industry', 'account.industry.x']) {
    expect((await app.api.get(`/contacts/values?field=${field}`)).body.errors, field).toMatchObject([{ path: 'field' }])
  }
})
