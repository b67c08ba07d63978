/**
 * Every route of the product × keys with every scope, all of a user who may do everything: what is outside a key's scope is refused by name
 * and changes nothing, whatever is inside is not refused for it, and a key that may only read changes nothing anywhere.
 */
import { expect, test } from 'vitest'
import { createApiKey } from '../src/access/api-keys.ts'
import { covers, type NeededScope, type Scope, scopes } from '../src/access/scopes.ts'
import { scopeOf } from '../src/http/areas.ts'
import { startApp } from './app.ts'
import { callAs, digest, givenWorld, signature, targetFor, type World, writes } from './matrix-world.ts'
import { needs } from './route-needs.ts'

/** Users are records with a scope of their own. */
const slugs = ['contacts', 'users'] as const

const guarded = Object.entries(needs).filter(([, { who }]) => who !== 'public').flatMap(([route, need]) => {
  const [method, path] = route.split(' ') as [string, string]
  return (path.includes(':slug') ? slugs : [slugs[0]]).map((slug) => ({ route, need, slug, needed: scopeOf(method, path, slug) }))
})

const keyWith = async ({ app, users }: World, held: readonly Scope[]) => app.as((await createApiKey(app.db, { name: held.join(), userId: users.admin.id, scopes: held })).secret)

const outside = (body: { code?: string } | null) => body?.code === 'outsideScope'
const named = (needed: NeededScope | null) => needed ?? 'all:write'

test('every route that is not public is in exactly one part of the product, by the table of areas', async () => {
  await using app = await startApp()
  const routes = app.routes.filter((route) => ('endpoint' in route ? route.endpoint.allow : route.allow) !== 'public').map(signature)
  expect(routes.filter((route) => scopeOf(...route.split(' ') as [string, string]) === null)).toEqual([])
})

/** Everything but the part that is needed; where that is to change it, also with leave to read it. */
const allBut = (needed: NeededScope): Scope[][] => {
  const others = scopes.filter((scope) => !scope.startsWith('all:') && !covers([scope], needed))
  return needed === 'own:read' ? [] : [others, ...(needed.endsWith(':write') ? [['all:read' as const]] : [])]
}

test('a key is refused whatever is outside its scopes, by name, and nothing changes by it', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const keys = new Map<NeededScope, Awaited<ReturnType<typeof keyWith>>[]>()
  for (const needed of [...scopes, 'own:write'] as const) keys.set(needed, await Promise.all(allBut(needed).map((held) => keyWith(world, held))))
  const target = { id: '00000000-0000-7000-8000-000000000000', otherId: '00000000-0000-7000-8000-000000000000' }
  const wrong: string[] = []
  const before = await digest(world)
  for (const { route, need, slug, needed } of guarded) {
    for (const as of keys.get(named(needed)) ?? []) {
      const { status, body, text } = await callAs(as, route, need, target, slug)
      if (status !== 403 || !outside(body) || body.scope !== named(needed)) wrong.push(`${route} (${slug}): ${status} ${text.slice(0, 200)}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await digest(world)).toBe(before)
}, 120_000)

/** What reading leaves behind: an export in the audit log, and since when Delivery Health has seen what it sees. */
const told = ['audit_entry', 'health_check']

test('a key that may only read changes nothing, whatever it calls', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const reader = await keyWith(world, ['all:read'])
  const targets = await Promise.all(guarded.map(({ need }) => targetFor(world, need, 'third')))
  const changed: string[] = []
  let before = await digest(world, told)
  let written = await writes(world)
  for (const [index, { route, need, slug }] of guarded.entries()) {
    await callAs(reader, route, need, targets[index]!, slug)
    const now = await writes(world)
    if (now === written) continue
    const after = await digest(world, told)
    if (after !== before) changed.push(route)
    before = after
    written = now
  }
  expect(changed).toEqual([])
}, 120_000)

test('a key is not refused what is inside its scopes', async () => {
  const world = await givenWorld()
  await using _app = world.app
  const keys = new Map<NeededScope, Awaited<ReturnType<typeof keyWith>>>()
  for (const scope of scopes) keys.set(scope, await keyWith(world, [scope]))
  const wrong: string[] = []
  for (const { route, need, slug, needed } of guarded.filter((each) => !each.need.notCalled)) {
    const as = needed?.startsWith('own:') ? keys.get('reports:write')! : keys.get(named(needed))!
    const { body, text } = await callAs(as, route, need, await targetFor(world, need, 'third'), slug)
    if (outside(body)) wrong.push(`${route} (${slug}): ${text.slice(0, 200)}`)
  }
  expect(wrong).toEqual([])
}, 120_000)
