/**
 * Every route of the product × who calls it: what may not be done is refused and changes nothing, what may be done is not refused,
 * and lists show exactly what may be read. A route that is not in the table fails the first test: say there what it needs.
 */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../src/platform/id.ts'
import { everything, noRights, type Permission, type Rights } from '../src/access/rights.ts'
import { startApp, type TestApp } from './app.ts'
import { upTo } from './given-rights.ts'
import { needs, type Need } from './route-needs.ts'

const signature = (route: TestApp['routes'][number]) =>
  'endpoint' in route ? `${route.endpoint.method} ${route.endpoint.path}` : `${[route.method].flat()[0]} ${route.url}`

const nothingBut = (...permissions: Permission[]): Rights => ({ ...noRights, permissions })
const readsAllChangesOwn: Rights = { ...upTo('all'), otherTypes: { ...everything, edit: 'own', delete: 'own' } }

/** Who calls. `bare` may do everything to records and has no permission; `reader` reads all and changes what is his. */
const personas = {
  none: noRights, bare: upTo('all', []), own: upTo('own'), team: upTo('team'), reader: readsAllChangesOwn, all: upTo('all'), administers: nothingBut('administer'),
} satisfies Record<string, Rights>
type Persona = keyof typeof personas | 'anonymous' | 'admin'
const everybody = ['anonymous', ...Object.keys(personas), 'admin'] as Persona[]

type World = Awaited<ReturnType<typeof givenWorld>>

async function givenWorld() {
  const app = await startApp()
  const teamId = newId()
  await app.db.insertInto('team').values({ id: teamId, name: 'Team' }).execute()
  const users = {} as Record<keyof typeof personas | 'third', { id: string; key: string }>
  for (const [name, rights] of Object.entries({ ...personas, third: noRights })) {
    const { actor, key } = await app.givenUser('regular', { rights, teamIds: name === 'third' ? [] : [teamId], userName: `${name}@tidings.example` })
    users[name as Persona & keyof typeof users] = { id: actor.userId, key }
  }
  const { actor: { userId: adminId }, key: adminKey } = await app.givenUser('admin')
  const keyOf = (persona: Persona): string | null => (persona === 'anonymous' ? null : persona === 'admin' ? adminKey : users[persona].key)
  return { app, teamId, users: { ...users, admin: { id: adminId, key: adminKey } }, as: (persona: Persona) => app.as(keyOf(persona)) }
}

/** Whose a thing is: somebody's own, the team's (and a third person's), or that third person's alone. */
type Whose = keyof World['users'] | 'ofTeam'

const makers = {
  contact: (world: World, whose: Whose) => insert(world, 'contact', whose, { last_name: `contact ${whose}`, email_address: `contact-${whose}@example.com` }),
  targetList: (world: World, whose: Whose) => insert(world, 'target_list', whose, { name: `list ${whose}` }),
  campaign: (world: World, whose: Whose) => insert(world, 'campaign', whose, { name: `campaign ${whose}`, type: 'email', status: 'active' }),
  emailTemplate: (world: World, whose: Whose) => insert(world, 'email_template', whose, { name: `template ${whose}`, subject: 'Hi', body: '<p>Hi</p>', format: 'html' }),
  report: (world: World, whose: Whose) => insert(world, 'report', whose, { name: `report ${whose}`, entity_type: 'Contact', kind: 'list' }),
  reportSchedule: async (world: World, whose: Whose) => {
    const id = newId()
    await sql`insert into report_schedule (id, report_id, schedule, dealt_through) values (${id}, ${await makers.report(world, whose)}, '0 8 * * 1', now())`.execute(world.app.db)
    return id
  },
  massEmail: async (world: World, whose: Whose) => {
    const id = newId()
    await sql`insert into mass_email (id, campaign_id, name) values (${id}, ${await makers.campaign(world, whose)}, ${`mass email ${whose}`})`.execute(world.app.db)
    return id
  },
  trackingUrl: async (world: World, whose: Whose) => {
    const id = newId()
    await sql`insert into tracking_url (id, campaign_id, name, action, url) values (${id}, ${await makers.campaign(world, whose)}, ${`link ${whose}`}, 'redirect', 'https://example.com')`.execute(world.app.db)
    return id
  },
}

async function insert({ app, users, teamId }: World, table: string, whose: Whose, values: Record<string, string>): Promise<string> {
  const id = newId()
  const row = { id, assigned_user_id: users[whose === 'ofTeam' ? 'third' : whose].id, ...values }
  await sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.id(name)))}, team_ids)
            values (${sql.join(Object.values(row))}, ${whose === 'ofTeam' ? [teamId] : []}::uuid[])`.execute(app.db)
  return id
}

/** All tables but what a call may touch before it is refused: when a key was last used, and failures at the door. */
async function digest({ app }: World): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname not in ('api_key', 'session', 'idempotency_key', 'sign_in_failure', 'allowance_clock') order by 1`.execute(app.db)
  const parts = tables.map(({ name }) => sql`select ${name} as name, (select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${sql.table(name)} t) as hash`)
  return JSON.stringify((await sql`${sql.join(parts, sql` union all `)}`.execute(app.db)).rows)
}

/** Grows with every transaction that writes, of any database of the server: while it stands still nothing has changed. */
const writes = async ({ app }: World): Promise<string> =>
  (await sql<{ xid: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xid`.execute(app.db)).rows[0]!.xid

type Target = { id: string; otherId?: string | undefined }

function call(world: World, persona: Persona, route: string, need: Need, target: Target) {
  const [method, path] = route.split(' ') as [string, string]
  const url = path.replace(':slug', 'contacts').replace(':id', target.id).replace(/:(\w+)/g, (_, name: string) => need.params?.[name] ?? newId()) + (need.query ?? '')
  const as = world.as(persona)
  const body = typeof need.body === 'function' ? need.body(target) : need.body ?? {}
  return method === 'GET' ? as.get(url) : method === 'DELETE' ? as.delete(url, need.body === undefined ? undefined : body) : as[method.toLowerCase() as 'post' | 'patch' | 'put'](url, body)
}

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

/** What a thing is needed for; a second one where the body names another. */
async function targetFor(world: World, need: Need, whose: Whose): Promise<Target> {
  if (need.who !== 'thing') return { id: newId() }
  return { id: await makers[need.thing!](world, whose), otherId: need.other && await makers[need.other](world, whose) }
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
