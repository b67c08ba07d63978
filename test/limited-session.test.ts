/** Every route of the product with a browser that must set up a second factor first: what lets him in opens, and nothing else does. */
import { expect, test } from 'vitest'
import { startApp } from './app.ts'
import { type Browser, browser, signIn, withPassword } from './given-browser.ts'
import { callAs, digest, givenWorld, signature } from './matrix-world.ts'
import { needs } from './route-needs.ts'

/** Beside what is public. Signing out and who is signed in are public: they answer also where nobody is. */
const opensForHim = ['GET /api/v1/session/second-factor', 'POST /api/v1/session/second-factor', 'POST /api/v1/session/second-factor/confirm']

const guarded = Object.entries(needs).filter(([route, { who }]) => who !== 'public' && !opensForHim.includes(route))

const clientOf = ({ send }: Browser) => {
  const by = (method: Parameters<Browser['send']>[0]) => async (url: string, body?: object | string | Buffer) => send(method, url.replace(/^\/api\/v1/, ''), body as object | undefined)
  return { get: by('GET'), post: by('POST'), patch: by('PATCH'), put: by('PUT'), delete: by('DELETE') } as unknown as Parameters<typeof callAs>[0]
}

test('the routes that open for him are the ones that are named here', async () => {
  await using app = await startApp()
  const allowOf = (route: (typeof app.routes)[number]) => ('endpoint' in route ? route.endpoint.allow : route.allow)
  expect(app.routes.filter((route) => allowOf(route) === 'comingIn').map(signature).sort()).toEqual([...opensForHim].sort())
  expect(app.routes.filter((route) => allowOf(route) === 'public').map(signature).filter((route) => needs[route]?.who !== 'public')).toEqual([])
})

test('an admin who must set up a second factor first is refused every other route, and nothing changes by it', async () => {
  const world = await givenWorld()
  await using app = world.app
  const { userName } = await withPassword(app, 'admin')
  await app.api.patch('/settings/single-sign-on', { secondFactorFor: 'administrators' })
  const person = browser(app)
  expect((await signIn(app, userName, undefined, person)).body.secondFactorRequired).toBe(true)
  const as = clientOf(person)
  const target = { id: '00000000-0000-7000-8000-000000000000', otherId: '00000000-0000-7000-8000-000000000000' }
  const wrong: string[] = []
  const before = await digest(world)
  for (const [route, need] of guarded) {
    const { status, body } = await callAs(as, route, need, target)
    if (status !== 403 || body?.code !== 'secondFactorRequired') wrong.push(`${route}: ${status} ${JSON.stringify(body).slice(0, 200)}`)
  }
  expect(wrong).toEqual([])
  expect(await digest(world)).toBe(before)
}, 120_000)

test('public pages go on working for him, as if nobody were signed in', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  await app.api.patch('/settings/single-sign-on', { secondFactorFor: 'everybody' })
  const person = browser(app)
  const { headers } = await signIn(app, userName, undefined, person)
  const cookie = String(headers['set-cookie']).split(';')[0]!
  const get = async (url: string, as: Record<string, string>) => {
    const { statusCode, body } = await app.server.inject({ method: 'GET', url, headers: as })
    return [url, statusCode, body]
  }
  for (const url of ['/api/v1/brand', '/api/v1/single-sign-on', '/api/v1/openapi.json', '/healthz', '/u/x', '/p/x', '/c/x', '/s/x']) {
    const [his, anybodys] = [await get(url, { cookie }), await get(url, {})]
    expect(his).toEqual(anybodys)
    expect(his[1]).not.toBe(403)
  }
})
