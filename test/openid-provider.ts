/** A real OpenID Connect provider on loopback, for tests: people sign in on its own login page, any password will do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Provider from 'oidc-provider'

export type ProviderAccount = { emailAddress?: string; emailVerified?: boolean; firstName?: string; lastName?: string }

export type OpenIdProvider = AsyncDisposable & {
  issuer: string
  client: { clientId: string; clientSecret: string }
  /** By the name that people sign in with there, which is also their subject. */
  accounts: Record<string, ProviderAccount>
  /** Answers each following exchange of a code with the tokens of the last one: what a replay would do. */
  replayTokens(): void
}

export async function openIdProvider(redirectUri: string, accounts: Record<string, ProviderAccount> = {}): Promise<OpenIdProvider> {
  const server = createServer((request, response) => { handle(request, response) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { clientId: 'tidings', clientSecret: 'a secret between us two' }
  const provide = await quietly(async () => new (await import('oidc-provider')).default(issuer, configuration(client, redirectUri, accounts)).callback())
  let lastTokens: Buffer | null = null
  let replaying = false
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== '/token') return provide(request, response)
    if (replaying && lastTokens) return response.writeHead(200, { 'content-type': 'application/json' }).end(lastTokens)
    keepAnswer(response, (answer) => { lastTokens = answer })
    provide(request, response)
  }
  const close = () => new Promise<void>((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
  return { issuer, client, accounts, replayTokens: () => { replaying = true }, [Symbol.asyncDispose]: close }
}

function keepAnswer(response: ServerResponse, keep: (answer: Buffer) => void) {
  const end = response.end.bind(response)
  response.end = ((body: Buffer | string, ...rest: []) => {
    keep(Buffer.from(body))
    return end(body, ...rest)
  }) as ServerResponse['end']
}

function configuration({ clientId, clientSecret }: OpenIdProvider['client'], redirectUri: string, accounts: Record<string, ProviderAccount>): object {
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name', 'name'] },
    cookies: { keys: ['for tests only'] },
    ttl: Object.fromEntries(['AccessToken', 'AuthorizationCode', 'Grant', 'IdToken', 'Interaction', 'Session'].map((name) => [name, 600])),
    pkce: { required: () => true },
    async findAccount(_context: unknown, accountId: string) {
      const { emailAddress, emailVerified = true, firstName, lastName } = accounts[accountId] ?? {}
      return { accountId, claims: async () => ({ sub: accountId, email: emailAddress, email_verified: emailVerified, given_name: firstName, family_name: lastName }) }
    },
    // Nobody is asked whether the program may know who he is: it is the company's own.
    async loadExistingGrant({ oidc }: { oidc: { provider: Provider; client: { clientId: string }; session: { accountId: string } } }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

/** It warns of what is not for production: its own login page, keys and memory, an older Node. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { warn, info } = console
  console.warn = console.info = () => {}
  try {
    return await make()
  } finally {
    Object.assign(console, { warn, info })
  }
}

/** Signs in there without a browser, and answers where the provider sends people back to. `url` is where they were sent. */
export async function signInAtProvider(url: string, name: string): Promise<string> {
  const jar = new Map<string, string>()
  const ask = async (at: string, form?: Record<string, string>): Promise<string> => {
    const answer = await fetch(at, {
      redirect: 'manual', headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') }, ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of answer.headers.getSetCookie()) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1).split(';')[0]!)
    const location = answer.headers.get('location')
    if (!location) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
    return new URL(location, at).href
  }
  const interaction = await ask(url)
  let at = await ask(interaction, { prompt: 'login', login: name, password: 'any' })
  while (new URL(at).origin === new URL(url).origin) at = await ask(at)
  return at
}
