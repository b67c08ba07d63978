/** What people ask of a list of ten million contacts, as requests: each with its variants, so that no answer is the last one again. */
import type { Api } from '../src/demo/api.ts'
import type { RecordData } from './record-data.ts'

/** `filter` and `count` ask for one indexed field, `together` for two at once. */
export type Group = 'sort' | 'page' | 'filter' | 'count' | 'together' | 'search' | 'unindexed'
export type Query = { name: string; group: Group; paths: string[] }

type Asked = { filter?: object; q?: string; sort?: string; cursor?: string }
type Page = { items: { id: string; emailAddress: string; accountId: string | null; name: string }[]; next: string | null }

const repeats = 12

export async function recordQueries(api: Api, data: RecordData): Promise<Query[]> {
  const filters = [...await filtersOf(api, data)]
  const deep: Query[] = []
  for (const { sort, middle } of sorts) for (const direction of ['', '-']) deep.push(await deepPages(api, direction + sort, middle))
  return [
    ...sorts.flatMap(({ sort }) => ['', '-'].map((direction): Query => ({ name: `sort ${direction}${sort}`, group: 'sort', paths: times(pathOf({ sort: direction + sort })) }))),
    ...deep,
    ...filters.flatMap(({ name, variants }): Query[] => [
      { name, group: isTogether(variants) ? 'together' : 'filter', paths: cycle(variants.map((filter) => pathOf({ filter }))) },
      { name: `${name}, by name`, group: isTogether(variants) ? 'together' : 'filter', paths: cycle(variants.map((filter) => pathOf({ filter, sort: 'name' }))) },
      { name: `${name}, counted`, group: isTogether(variants) ? 'together' : 'count', paths: cycle(variants.map((filter) => pathOf({ filter }, '/count'))) },
    ]),
    ...searches.flatMap(([name, words]): Query[] => [
      { name: `search ${name}`, group: 'search', paths: cycle(words.map((q) => pathOf({ q }))) },
      { name: `search ${name}, by name`, group: 'search', paths: cycle(words.map((q) => pathOf({ q, sort: 'name' }))) },
      { name: `search ${name}, counted`, group: 'search', paths: cycle(words.map((q) => pathOf({ q }, '/count'))) },
    ]),
    ...unindexed.map(([name, filter]): Query => ({ name: `without an index: ${name}`, group: 'unindexed', paths: [pathOf({ filter }), pathOf({ filter }, '/count')] })),
  ]
}

const isTogether = (variants: object[]) => variants.some((filter) => 'and' in filter)

/** Every sort that has an index, and a filter whose first page lies in the middle of it. */
const sorts: { sort: string; middle: object }[] = [
  { sort: 'createdAt', middle: { field: 'createdAt', op: 'between', value: ['2024-06-01', '2024-07-31'] } },
  { sort: 'name', middle: { field: 'name', op: 'startsWith', value: 'La' } },
  { sort: 'emailAddress', middle: { field: 'emailAddress', op: 'startsWith', value: 'la' } },
  { sort: 'addressCity', middle: { field: 'addressCity', op: 'startsWith', value: 'L' } },
  { sort: 'accountId', middle: { field: 'createdAt', op: 'between', value: ['2024-06-01', '2024-07-31'] } },
]

/** Page after page from the middle on, as a client goes: the cursor belongs to the sort, not to the filter that led there. */
async function deepPages(api: Api, sort: string, middle: object): Promise<Query> {
  let { next } = await api.get<Page>(pathOf({ filter: middle, sort }))
  const paths: string[] = []
  while (next !== null && paths.length < repeats) {
    const path = pathOf({ sort, cursor: next })
    paths.push(path)
    next = (await api.get<Page>(path)).next
  }
  return { name: `pages in the middle of ${sort}`, group: 'page', paths }
}

async function filtersOf(api: Api, { largeListId, smallListId }: RecordData): Promise<{ name: string; variants: object[] }[]> {
  const { items } = await api.get<Page>(pathOf({ filter: { field: 'createdAt', op: 'between', value: ['2025-02-01', '2025-02-28'] } }))
  const accounts = items.flatMap(({ accountId }) => accountId ?? []).slice(0, repeats)
  const city = (...names: string[]) => names.map((value) => ({ field: 'addressCity', op: 'equals', value }))
  const during = (from: string, to: string) => ({ field: 'createdAt', op: 'between', value: [from, to] })
  const both = (one: object[], other: object) => one.map((each) => ({ and: [each, other] }))
  const memberOf = (id: string) => ({ op: 'memberOf', value: [id] })
  const doNotEmail = { field: 'doNotEmail', op: 'isTrue' }
  return [
    { name: 'city, very common', variants: city('Bergstadt', 'Steinstadt') },
    { name: 'city, common', variants: city('Winterstadt', 'Grundstadt', 'Bergheim', 'Steinheim') },
    { name: 'city, one of a thousand', variants: city('Bergburg', 'Rosenfeld', 'Winterbach', 'Kirchberg', 'Hohental') },
    { name: 'city, rare', variants: city('Bergzell', 'Steinzell', 'Waldmark', 'Feldau', 'Grundgau') },
    { name: 'city, fifty people', variants: city('Farland') },
    { name: 'city, nobody', variants: city('Nowhere', 'Elsewhere') },
    { name: 'one of three cities', variants: [{ field: 'addressCity', op: 'in', value: ['Bergburg', 'Farland', 'Winterbach'] }] },
    { name: 'email', variants: items.slice(0, repeats).map(({ emailAddress }) => ({ field: 'emailAddress', op: 'equals', value: emailAddress })) },
    { name: 'email begins with', variants: ['anna.berg', 'thomas.wald', 'quirin.fluss'].map((value) => ({ field: 'emailAddress', op: 'startsWith', value })) },
    { name: 'account', variants: accounts.map((value) => ({ field: 'accountId', op: 'equals', value })) },
    { name: 'created on a day', variants: ['2023-03-03', '2024-05-05', '2025-07-07'].map((day) => during(day, day)) },
    { name: 'created in a month', variants: [during('2023-03-01', '2023-03-31'), during('2025-05-01', '2025-05-31')] },
    { name: 'created in a year', variants: [during('2023-01-01', '2023-12-31'), during('2024-01-01', '2024-12-31')] },
    { name: 'do not email', variants: [doNotEmail] },
    { name: 'may be emailed', variants: [{ field: 'doNotEmail', op: 'isFalse' }] },
    { name: 'in a list of every tenth', variants: [memberOf(largeListId)] },
    { name: 'in a small list', variants: [memberOf(smallListId)] },
    { name: 'not in a list of every tenth', variants: [{ op: 'notMemberOf', value: [largeListId] }] },
    { name: 'very common city and do not email', variants: both(city('Bergstadt', 'Steinstadt'), doNotEmail) },
    { name: 'city and in a large list', variants: both(city('Bergburg', 'Winterbach'), memberOf(largeListId)) },
    { name: 'city and created in a month', variants: both(city('Bergstadt', 'Bergburg', 'Steinzell'), during('2023-03-01', '2023-03-31')) },
    { name: 'created in the first month and do not email', variants: both([doNotEmail], during('2023-01-01', '2023-01-31')) },
  ]
}

const searches: [string, string[]][] = [
  ['for a common name', ['anna', 'thomas']],
  ['for a common domain', ['mail.test']],
  ['for a rarer name', ['quirin', 'kasper', 'wilma']],
  ['for a surname', ['winterhaas', 'flusskunz', 'grundadler']],
  ['for a whole name', ['anna bergmann', 'thomas winterhaas', 'quirin flusskunz']],
  ['for an address', ['anna.bergmann1', 'thomas.steiner77']],
  ['for nobody', ['xyzzyq', 'nobody-at-all']],
]

/** Not part of the goal: what these cost is what the product offers to mend. */
const unindexed: [string, object][] = [
  ['country, common', { field: 'addressCountry', op: 'equals', value: 'Germany' }],
  ['title, rare', { field: 'title', op: 'equals', value: 'Falconer' }],
  ['phone, one person', { field: 'phoneNumber', op: 'equals', value: '+49 30 4711' }],
]

function pathOf({ filter, ...rest }: Asked, below = ''): string {
  return `/contacts${below}?${new URLSearchParams({ ...rest, ...(filter && { filter: JSON.stringify(filter) }) })}`
}

const cycle = (paths: string[]): string[] => Array.from({ length: repeats }, (_, index) => paths[index % paths.length]!)
const times = (path: string) => cycle([path])
