/** People say no, in every way there is, while their deliveries are claimed and about to leave. */
import type { Api } from '../../src/demo/api.ts'
import type { Made } from '../../test/servers/sending.ts'
import { Installation } from '../installation.ts'
import { type MassEmail, send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

/** Ten connections at this pace take a few seconds, in which everybody has been claimed. */
const pacePerMessageMs = 40
const noes = 150

type Person = { id: string; emailAddress: string }
type Way = (api: Api, massEmail: MassEmail, excluding: string, person: Person) => Promise<unknown>

const ways: Way[] = [
  (api, { targetListId }, _, { emailAddress }) => api.post(`/target-lists/${targetListId}/opt-out`, { emailAddress }),
  (api, _massEmail, _, { emailAddress }) => api.post('/suppressions', { emailAddress, reason: 'optedOut' }),
  (api, _massEmail, _, { emailAddress }) => api.post('/suppressions', { emailAddress, reason: 'complained' }),
  (api, _massEmail, _, { id }) => api.patch(`/contacts/${id}`, { doNotEmail: true }),
  (api, _massEmail, excluding, { id }) => api.post(`/target-lists/${excluding}/members`, { entityType: 'Contact', ids: [id] }),
  (api, { targetListId }, _, { id }) => api.post(`/target-lists/${targetListId}/members/remove`, { entityType: 'Contact', ids: [id] }),
]

export const noWhileClaimed: Scenario = {
  name: 'no-while-claimed',
  promise: 'whoever opts out, complains, is flagged, excluded or removed before the mark gets nothing, though the delivery was claimed already',
  quick: true,
  async run(place) {
    await using installation = await Installation.start(place)
    const { api, server } = installation
    server.behave = ({ stage }) => stage === 'dot' ? { afterMs: pacePerMessageMs } : undefined
    const excluding = await api.post<Made>('/target-lists', { name: 'Nobody of these' })
    const massEmail = await send(api, { recipients: 2_000, campaign: { excludingTargetListIds: [excluding.id] } })
    const people = shuffled(await installation.query<Person>('select id, email_address as "emailAddress" from contact'))
    await installation.journal.received(50)
    for (const [index, person] of people.slice(0, noes).entries()) {
      await installation.sayNo(person.emailAddress, () => ways[index % ways.length]!(api, massEmail, excluding.id, person))
    }
    await untilComplete(api, massEmail)
    const said = new Set(installation.noes.map(({ emailAddress }) => emailAddress))
    return await measure(installation, [{ ...massEmail, expected: { skipped: said } }])
  },
}

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items.map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item)
