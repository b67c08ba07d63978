import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { tokenEndpoint } from '../../test/token-endpoint.ts'
import { requestAccessToken, tokenSource } from './access-token.ts'
import { readAccount } from './accounts.ts'
import { changeGroupAccount, createGroupAccount } from './group-accounts.ts'

const account = (tokenUrl: string, more: object = {}) => ({
  name: 'News', fromAddress: 'news@acme.example', fromName: '', bounceAddress: '',
  smtp: {
    host: 'smtp.example', port: 587, security: 'starttls' as const, auth: 'oauth2' as const, username: 'news@acme.example',
    oauth2: { tokenUrl, clientId: 'tidings', scope: 'mail', clientSecret: 'hush', refreshToken: 'refresh-1', ...more },
  },
})

const given = (app: TestApp, tokenUrl: string) => app.db.transaction().execute((tx) => createGroupAccount(tx, app.secrets, account(tokenUrl), app.clock.read()))

test('an access token is fetched once and used until shortly before its end, by all processes', async () => {
  await using endpoint = await tokenEndpoint((request) => ({ body: { access_token: `token-${request}`, expires_in: 3600 } }))
  await using app = await startApp()
  const id = await given(app, endpoint.url)
  const [one, another] = [tokenSource(app.ground, id), tokenSource(app.ground, id)]
  expect(await Promise.all([one.current(), one.current()])).toEqual([{ token: 'token-1' }, { token: 'token-1' }])
  app.clock.advance({ minutes: 58 })
  expect(await another.current()).toEqual({ token: 'token-1' })
  app.clock.advance({ minutes: 2 })
  expect(await another.current()).toEqual({ token: 'token-2' })
  expect(endpoint.asked).toEqual(Array(2).fill({ grant_type: 'refresh_token', refresh_token: 'refresh-1', client_id: 'tidings', client_secret: 'hush', scope: 'mail' }))
})

test('no token lies in the clear in the database, and a refresh token that the provider replaced is used from then on', async () => {
  await using endpoint = await tokenEndpoint((request) => ({ body: { access_token: 'token', expires_in: 60, refresh_token: `refresh-${request + 1}` } }))
  await using app = await startApp()
  const id = await given(app, endpoint.url)
  await tokenSource(app.ground, id).current()
  expect(JSON.stringify(await readAccount(app.db, id))).not.toMatch(/refresh-\d|hush|"token"/)
  await tokenSource(app.ground, id).current()
  expect(endpoint.asked.map((request) => request['refresh_token'])).toEqual(['refresh-1', 'refresh-2'])
})

test('a refusal is told in the endpoint\'s own words, and one that is down in the system\'s', async () => {
  await using endpoint = await tokenEndpoint(() => ({ status: 400, body: { error: 'invalid_grant', error_description: 'Token has been revoked.' } }))
  const client = { clientId: 'tidings', clientSecret: '', refreshToken: 'r', scope: '' }
  expect(await requestAccessToken({ ...client, tokenUrl: endpoint.url })).toEqual({ reason: 'invalid_grant: Token has been revoked.' })
  expect(await requestAccessToken({ ...client, tokenUrl: 'http://127.0.0.1:1/token' })).toEqual({ reason: expect.stringMatching(/127\.0\.0\.1:1/) })
})

test('an answer without a token, or one without an end, does no harm', async () => {
  await using endpoint = await tokenEndpoint((request) => ({ body: request === 1 ? 'x'.repeat(100_000) : 'no JSON' }))
  const client = { tokenUrl: endpoint.url, clientId: 'tidings', clientSecret: '', refreshToken: 'r', scope: '' }
  expect(await requestAccessToken(client)).toEqual({ reason: expect.stringContaining('answers too much') })
  expect(await requestAccessToken(client)).toEqual({ reason: 'The token endpoint answered 200 without a token.' })
})

test('the secrets of an account never reach another server, user or token endpoint', async () => {
  await using app = await startApp()
  const id = await given(app, 'https://one.example/token')
  const change = (input: ReturnType<typeof account>) => app.db.transaction().execute((tx) => changeGroupAccount(tx, app.secrets, id, input, app.clock.read()))
  const unsaid = { clientSecret: undefined, refreshToken: undefined }
  await change(account('https://one.example/token', unsaid))
  expect((await readAccount(app.db, id)).refreshTokenSealed).not.toBeNull()
  await change(account('https://two.example/token', unsaid))
  expect(await readAccount(app.db, id)).toMatchObject({ refreshTokenSealed: null, clientSecretSealed: null })
})
