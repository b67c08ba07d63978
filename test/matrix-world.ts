/** What the matrices call the product with: people with different rights, things of theirs, and a digest of all data. */
import { sql } from 'kysely'
import { everything, noRights, type Permission, type Rights } from '../src/access/rights.ts'
import { newId } from '../src/platform/id.ts'
import { startApp, type TestApp } from './app.ts'
import { upTo } from './given-rights.ts'
import type { Need } from './route-needs.ts'

export const signature = (route: TestApp['routes'][number]) =>
  'endpoint' in route ? `${route.endpoint.method} ${route.endpoint.path}` : `${[route.method].flat()[0]} ${route.url}`

const nothingBut = (...permissions: Permission[]): Rights => ({ ...noRights, permissions })
const readsAllChangesOwn: Rights = { ...upTo('all'), otherTypes: { ...everything, edit: 'own', delete: 'own' } }

/** Who calls. `bare` may do everything to records and has no permission; `reader` reads all and changes what is his. */
export const personas = {
  none: noRights, bare: upTo('all', []), own: upTo('own'), team: upTo('team'), reader: readsAllChangesOwn, all: upTo('all'), administers: nothingBut('administer'),
} satisfies Record<string, Rights>
export type Persona = keyof typeof personas | 'anonymous' | 'admin'
export const everybody = ['anonymous', ...Object.keys(personas), 'admin'] as Persona[]

export type World = Awaited<ReturnType<typeof givenWorld>>

export async function givenWorld() {
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
export type Whose = keyof World['users'] | 'ofTeam'

export const makers = {
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

/** All tables but what a call may touch before it is refused: when a key was last used, and failures at the door; and but those named. */
export async function digest({ app }: World, but: readonly string[] = []): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname not in ('api_key', 'session', 'idempotency_key', 'sign_in_failure', 'allowance_clock') and relname <> all(${but}) order by 1`.execute(app.db)
  const parts = tables.map(({ name }) => sql`select ${name} as name, (select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${sql.table(name)} t) as hash`)
  return JSON.stringify((await sql`${sql.join(parts, sql` union all `)}`.execute(app.db)).rows)
}

/** Grows with every transaction that writes, of any database of the server: while it stands still nothing has changed. */
export const writes = async ({ app }: World): Promise<string> =>
  (await sql<{ xid: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xid`.execute(app.db)).rows[0]!.xid

export type Target = { id: string; otherId?: string | undefined }

export const call = (world: World, persona: Persona, route: string, need: Need, target: Target) => callAs(world.as(persona), route, need, target)

export function callAs(as: TestApp['api'], route: string, need: Need, target: Target, slug = 'contacts') {
  const [method, path] = route.split(' ') as [string, string]
  const url = path.replace(':slug', slug).replace(':id', target.id).replace(/:(\w+)/g, (_, name: string) => need.params?.[name] ?? newId()) + (need.query ?? '')
  const body = typeof need.body === 'function' ? need.body(target) : need.body ?? {}
  return method === 'GET' ? as.get(url) : method === 'DELETE' ? as.delete(url, need.body === undefined ? undefined : body) : as[method.toLowerCase() as 'post' | 'patch' | 'put'](url, body)
}

/** What a thing is needed for; a second one where the body names another. */
export async function targetFor(world: World, need: Need, whose: Whose): Promise<Target> {
  if (need.who !== 'thing') return { id: newId() }
  return { id: await makers[need.thing!](world, whose), otherId: need.other && await makers[need.other](world, whose) }
}
