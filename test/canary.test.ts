/**
 * Nothing secret is in the clear: not in what the API answers, not in exports, logs or problems, and in no row of any table, which is all that a backup holds.
 * A new secret is planted in given-canaries.ts; a column whose name looks like one is on the list below, or these tests fail.
 */
import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'
import { givenAway, plantCanaries, spellings } from './given-canaries.ts'

/** Columns whose names look like secrets, and why they give none away. What ends with _sealed is held by what lies in it. */
const known: Record<string, string> = {
  ...all('hash of a random text', 'api_key.secret_hash session.secret_hash invitation.secret_hash password_reset.secret_hash single_sign_on_used_state.state_hash'),
  ...all('hash with salt and cost', 'user.password_hash'),
  ...all('hash of that hash', 'password_reset.password_mark'),
  ...all('hashes of 80 random bits each', 'user.recovery_code_hashes'),
  ...all('names a request', 'idempotency_key.key'),
  ...all('the public half', 'dkim_key.public_key'),
  ...all('its address ends with it', 'subscription_form.key'),
  ...all('was used, opens nothing', 'provider_webhook_token.token'),
  ...all('where tokens are asked for', 'outbound_account.token_url'),
  ...all('when it ends', 'outbound_account.access_token_until group_email_account.access_token_until'),
  ...all('names a fault', 'notice.once_key'),
  ...all('a setting', 'single_sign_on.passwords_for_administrators_only'),
}

function all(why: string, columns: string): Record<string, string> {
  return Object.fromEntries(columns.split(' ').map((column) => [column, why]))
}

const tablesOf = async ({ db }: TestApp) =>
  (await sql<{ name: string }>`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`.execute(db)).rows.map(({ name }) => name)

test('a column that looks like a secret is sealed by its name, or on the list with the reason why it gives nothing away', async () => {
  await using app = await startApp()
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
       and a.attname ~ 'secret|password|token|key|sealed|hash' and a.attname !~ '(_sealed|^email_key)$' order by 1`.execute(app.db)
  expect(rows.map(({ name }) => name).filter((name) => !(name in known))).toEqual([])
  expect(Object.keys(known).filter((name) => !rows.some((row) => row.name === name))).toEqual([])
})

test('no secret is in any answer of the API, in any line of the log at its most talkative, or in any row of any table', async () => {
  const { log, lines } = talkative()
  await using app = await startApp({ log })
  const canaries = await plantCanaries(app)
  expect(canaries.length).toBeGreaterThan(25)
  await settled(app)
  for (const { from, text } of await everyAnswer(app)) expect(givenAway(canaries, text), from).toEqual([])
  expect(givenAway(canaries, lines.join('\n'))).toEqual([])
  const ofTheInstallation = { name: 'secret of the installation', text: 'a secret for tests only', guessable: true }
  for (const table of await tablesOf(app)) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(app.db)
    expect(givenAway([...canaries, ofTheInstallation], rows.map(({ row }) => row).join('\n')), table).toEqual([])
  }
}, 120_000)

test('every column that is called sealed holds something, sealed, once all secrets are planted; no other JSON holds sealed values', async () => {
  await using app = await startApp()
  await plantCanaries(app)
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped and (a.attname like '%\\_sealed' or a.atttypid = 'jsonb'::regtype)`.execute(app.db)
  const empty: string[] = []
  for (const { table, column, type } of columns) {
    const name = `${table}.${column}`
    const { rows } = await sql<{ value: string }>`select ${sql.ref(column)}::text as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(app.db)
    if (type === 'jsonb') {
      // Where rotation looks for them (src/platform/sealed.ts).
      if (!['setting.value', 'group_email_account.oauth'].includes(name)) expect(rows.filter(({ value }) => /Sealed"|"v1\./.test(value)), name).toEqual([])
    } else {
      if (rows.length === 0) empty.push(name)
      for (const { value } of rows) expect(() => app.secrets.open(value), name).not.toThrow()
    }
  }
  expect(empty).toEqual([])
}, 120_000)

test('a canary is known in every spelling in which it could travel', () => {
  const canary = { name: 'x', text: 'Canary of x: a/b+c?!', guessable: true }
  const hidden = [canary.text, `{"a":${JSON.stringify(canary.text)}}`, encodeURIComponent(canary.text), ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${canary.text}more`).toString('base64')),
    Buffer.from(`12${canary.text}`).toString('base64url'), `\\x${Buffer.from(canary.text).toString('hex')}`]
  expect(hidden.filter((text) => givenAway([canary], text).length === 0)).toEqual([])
  expect(givenAway([canary], 'nothing of it')).toEqual([])
  expect(spellings(canary).every((spelling) => spelling.length > 12)).toBe(true)
})

/** As a server would at TIDINGS_LOG_LEVEL=trace, into memory. */
function talkative() {
  const lines: string[] = []
  return { lines, log: pino({ level: 'trace' }, new Writable({ write(chunk, _encoding, done) { lines.push(String(chunk)); done() } })) }
}

/** Jobs, mail and tasks have had their turn. */
async function settled(app: TestApp): Promise<void> {
  for (const job of Object.keys(app.jobs)) await app.api.post(`/scheduled-jobs/${job}/run`)
  await app.settle()
}

/** Every GET route with every id that there is, the problems of every other route, the OpenAPI document, and what a shape refuses. */
async function everyAnswer(app: TestApp): Promise<{ from: string; text: string }[]> {
  const answers: { from: string; text: string }[] = []
  const ask = async (method: 'get' | 'post' | 'patch' | 'put', url: string, body?: object) => { answers.push({ from: `${method} ${url}`, text: (await app.api[method](url, body)).text }) }
  const ids = await idsIn(app)
  for (const route of app.routes) {
    const { method, path } = 'endpoint' in route ? route.endpoint : { method: [route.method].flat()[0]!, path: route.url }
    if (!path.startsWith('/api/')) continue
    if (method !== 'GET') {
      if (method !== 'DELETE') await ask(method.toLowerCase() as 'post', path.replace(/:\w+/g, '0'), { password: 1, unknown: 'x' })
      continue
    }
    // One thing by each kind of id is enough; names stand for themselves.
    for (const url of /:\w+/.test(path) ? ids.map((id) => path.replace(/:\w+/g, id)) : [path]) await ask('get', url)
  }
  await ask('get', '/openapi.json')
  await ask('patch', '/settings/outbound-emails', { systemSmtp: { password: 5, port: 'x' } })
  return answers
}

/** Of everything in which a secret was planted. */
async function idsIn({ db }: TestApp): Promise<string[]> {
  const tables = ['user', 'api_key', 'outbound_account', 'group_email_account', 'provider_webhook', 'webhook', 'dkim_key']
  const ids: string[] = []
  for (const table of tables) ids.push(...(await sql<{ id: string }>`select id::text from ${sql.table(table)} order by id limit 2`.execute(db)).rows.map(({ id }) => id))
  return ids
}
