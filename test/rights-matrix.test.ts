/**
 * Every route of the product × who calls it: what may not be done is refused and changes nothing, what may be done is not refused,
 * and lists show exactly what may be read. A route that is not in the table fails the first test: say there what it needs.
 */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from './app.ts'
import { call, digest, everybody, givenWorld, makers, type Persona, signature, type Target, targetFor, type Whose, writes } from './matrix-world.ts'
import { needs, type Need } from './route-needs.ts'

test('every route is in the table of what it needs, and the table names no route that is gone', async () => {
  await using app = await startApp()
  const routes = app.routes.map(signature)
  expect(routes.filter((route) => !(route in needs))).toEqual([])
  expect(Object.keys(needs).filter((route) => !routes.includes(route))).toEqual([])
})

type Try = { persona: Persona; whose: Whose; statuses: number[] }

/** Who is refused, on whose thing, and how: 404 for what may not be read, 403 for what may be read and no more. */
function refusals(need: Need): Try[] {
  const refused = (list: Persona[], ...statuses: number[]): Try[] => list.map((persona) => ({ persona, whose: 'third', statuses }))
  const others = (allowed: Persona[]) => everybody.filter((persona) => persona !== 'anonymous' && !allowed.includes(persona))
  if (need.who === 'public') return []
  const anonymous = refused(['anonymous'], 401)
  if (need.who === 'signedIn') return anonymous
  if (need.who === 'administer') return [...anonymous, ...refused(others(['administers', 'admin']), 403)]
  if (need.who === 'userManager') return [...anonymous, ...refused(others(['admin']), 403)]
  if (need.who === 'records') return [...anonymous, ...refused(['none', 'administers'], 403, 404), ...(need.permission ? refused(['bare'], 403) : [])]
  if (need.who === 'permission') return [...anonymous, ...refused(need.permission === 'administer' ? [] : ['none', 'bare', 'administers'], 403)]
  return [
    ...anonymous, ...refused(['none', 'administers'], 403, 404), ...refused(['own', 'team'], 404), { persona: 'own', whose: 'ofTeam', statuses: [404] },
    ...(need.action === 'read' ? [] : refused(['reader'], 403)), ...(need.permission ? refused(['bare'], 403) : []),
  ]
}

/** Not everybody of them all: one for each way in which somebody may. */
function admissions(need: Need): Try[] {
  const admitted = (list: Persona[], whose: Whose = 'third'): Try[] => list.map((persona) => ({ persona, whose, statuses: [] }))
  if (need.who === 'public') return admitted(['anonymous', 'none'])
  if (need.who === 'signedIn') return admitted(['none', 'own', 'admin'])
  if (need.who === 'administer') return admitted(['administers', 'admin'])
  if (need.who === 'userManager') return admitted(['admin'])
  if (need.who === 'records') return admitted(need.permission ? ['own', 'admin'] : ['bare', 'own', 'admin'])
  if (need.who === 'permission') return admitted(['own', 'admin'])
  return [
    ...admitted(['all', 'admin', ...(need.action === 'read' ? ['reader' as const] : [])]),
    ...admitted(['own'], 'own'), ...admitted(['team'], 'ofTeam'),
  ]
}

test('whoever may not is refused, and nothing changes by it', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const targets = new Map<string, Target>()
  for (const [route, need] of Object.entries(needs)) for (const whose of ['third', 'ofTeam'] as const) targets.set(`${route} ${whose}`, await targetFor(world, need, whose))
  const wrong: string[] = []
  let before = await digest(world)
  let written = await writes(world)
  for (const [route, need] of Object.entries(needs)) {
    await Promise.all(refusals(need).map(async ({ persona, whose, statuses }) => {
      const { status, text } = await call(world, persona, route, need, targets.get(`${route} ${whose}`)!)
      if (!statuses.includes(status)) wrong.push(`${route} by ${persona} (${whose}): ${status} in place of ${statuses.join(' or ')} ${text.slice(0, 200)}`)
    }))
    const now = await writes(world)
    if (now === written) continue
    const after = await digest(world)
    if (after !== before) wrong.push(`${route}: data changed by somebody who was refused`)
    before = after
    written = now
  }
  expect(wrong).toEqual([])
}, 120_000)

test('whoever may is not refused', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const wrong: string[] = []
  for (const [route, need] of Object.entries(needs)) {
    if (need.notCalled) continue
    await Promise.all(admissions(need).map(async ({ persona, whose }) => {
      const { status, text } = await call(world, persona, route, need, await targetFor(world, need, whose))
      const isRefused = status === 401 || status === 403 || status >= 500 || (status === 404 && need.who === 'thing' && !need.mayBeMissing)
      if (isRefused) wrong.push(`${route} by ${persona} (${whose}): ${status} ${text.slice(0, 300)}`)
    }))
  }
  expect(wrong).toEqual([])
}, 120_000)

/** Lists and exports, and the words by which a thing is recognised in the answer. */
const lists: [string, (whose: Whose) => string][] = [
  ['/contacts', (whose) => `contact ${whose}"`], ['/contacts?q=example.com', (whose) => `contact ${whose}"`], ['/contacts?sort=lastName&limit=200', (whose) => `contact ${whose}"`],
  ['/contacts/export.csv?fields=lastName', (whose) => `contact ${whose}\r\n`], ['/contacts/values?field=lastName&q=', (whose) => `contact ${whose}"`],
  ['/target-lists', (whose) => `list ${whose}"`], ['/campaigns', (whose) => `"name":"campaign ${whose}"`], ['/mass-emails', (whose) => `mass email ${whose}"`],
  ['/tracking-urls', (whose) => `link ${whose}"`], ['/email-templates', (whose) => `template ${whose}"`], ['/reports', (whose) => `report ${whose}"`], ['/report-schedules', (whose) => `report ${whose}"`],
  ['/target-lists/:list/members', (whose) => `contact ${whose}"`],
]

const seen: Record<'own' | 'team' | 'reader' | 'all' | 'admin', Whose[]> = {
  own: ['own'], team: ['team', 'ofTeam'], reader: ['own', 'team', 'ofTeam', 'third', 'reader'], all: ['own', 'team', 'ofTeam', 'third', 'reader'], admin: ['own', 'team', 'ofTeam', 'third', 'reader'],
}

test('lists, searches, suggestions, members and exports show exactly what may be read', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const whoses: Whose[] = seen.all
  const contacts: string[] = []
  for (const whose of whoses) {
    contacts.push(await makers.contact(world, whose))
    await Promise.all([makers.emailTemplate(world, whose), makers.massEmail(world, whose), makers.trackingUrl(world, whose), makers.targetList(world, whose), makers.report(world, whose), makers.reportSchedule(world, whose)])
  }
  const wrong: string[] = []
  for (const [persona, expected] of Object.entries(seen) as ['own', Whose[]][]) {
    const list = await makers.targetList(world, persona)
    await sql`insert into target_list_member (target_list_id, entity_type, record_id, source) select ${list}::uuid, 'Contact', unnest(${contacts}::uuid[]), 'manual'`.execute(world.app.db)
    for (const [url, wordsOf] of lists) {
      const { status, text } = await world.as(persona).get(url.replace(':list', list))
      const found = whoses.filter((whose) => text.includes(wordsOf(whose)))
      if (status !== 200 || found.join() !== whoses.filter((whose) => expected.includes(whose)).join()) wrong.push(`${url} by ${persona}: ${status}, found ${found.join()}`)
    }
    const { total } = (await world.as(persona).get('/contacts/count')).body
    if (total !== expected.length) wrong.push(`/contacts/count by ${persona}: ${total}`)
  }
  expect(wrong).toEqual([])
})
