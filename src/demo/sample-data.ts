/** Fills a fresh installation with the company's records, lists and refusals, in the way a person would: import, typing in, filters. */
import type { Api } from './api.ts'
import { accounts, company, mapping, readersFile, sender, visitors } from './company.ts'

export type Lists = { readers: string; fair: string; trade: string; competitors: string }

type Made = { id: string }
type Page = { items: (Made & { emailAddress: string })[] }

export async function writeSampleData(api: Api): Promise<Lists> {
  await api.patch('/settings/general', company)
  // Open tracking is off on a fresh installation; the demo wants to show its figures.
  await api.patch('/settings/outbound-emails', { ...sender, openTracking: true })
  const list = async (name: string, more: object) => (await api.post<Made>('/target-lists', { name, ...more })).id
  const lists = {
    readers: await list('Newsletter readers', { description: 'Signed up in the shop or on the website.', publicTopic: true }),
    fair: await list('Frankfurt Book Fair', { description: 'Left their card at our stand.' }),
    trade: await list('Booksellers and libraries', { description: 'Trade customers.' }),
    competitors: await list('Never write to these', { description: 'Other presses, and people who asked by telephone.' }),
  }
  await importReaders(api, lists.readers)
  await addEverybody(api, lists.fair, 'Lead', 'leads', visitors())
  await addEverybody(api, lists.trade, 'Account', 'accounts', accounts)
  await addRefusals(api, lists)
  return lists
}

const importReaders = (api: Api, targetListId: string) =>
  api.upload('/imports', { name: 'readers.csv', text: readersFile() }, { entityType: 'Contact', mapping, action: 'create', targetListId })

async function addEverybody(api: Api, listId: string, entityType: string, slug: string, records: object[]): Promise<void> {
  const made = await Promise.all(records.map((record) => api.post<Made>(`/${slug}`, record)))
  await api.post(`/target-lists/${listId}/members`, { entityType, ids: made.map(({ id }) => id) })
}

/** Every reason not to write to somebody, so that the funnel has something to tell. */
async function addRefusals(api: Api, lists: Lists): Promise<void> {
  const { items } = await api.get<Page>(`/contacts?limit=60&sort=createdAt&filter=${encodeURIComponent(JSON.stringify({ field: 'emailAddress', op: 'contains', value: '@' }))}`)
  const some = (from: number, count: number) => items.filter(({ emailAddress }) => !emailAddress.endsWith('@')).slice(from, from + count)
  await api.post(`/target-lists/${lists.competitors}/members`, { entityType: 'Contact', ids: some(0, 3).map(({ id }) => id) })
  for (const { id } of some(5, 4)) await api.post(`/target-lists/${lists.readers}/opt-out`, { entityType: 'Contact', id })
  for (const { emailAddress } of some(12, 2)) await api.post('/suppressions', { emailAddress, reason: 'optedOut' })
  for (const { emailAddress } of some(16, 3)) await api.post('/suppressions', { emailAddress, reason: 'invalid' })
  for (const { id } of some(21, 2)) await api.patch(`/contacts/${id}`, { doNotEmail: true })
}
