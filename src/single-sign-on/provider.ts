/** The provider over the network, by OpenID Connect: what it is (discovery), where people are sent, who came back. All rules of the protocol are openid-client's. */
import * as client from 'openid-client'
import { errorText } from '../outbound/outcome.ts'
import { oneLine } from '../outbound/reply.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import { issuerFault } from './issuer.ts'
import type { Claims } from './judge.ts'
import type { Settings } from './settings.ts'

export type Provider = client.Configuration

const timeoutSeconds = 10
const scope = 'openid email profile'

/** Asks the provider what it is. Nothing of it is kept: a sign-in is rare, and keys and addresses change. */
export async function discover(secrets: Secrets, { issuer, clientId, clientSecretSealed }: Settings): Promise<Provider> {
  const secret = clientSecretSealed === null ? undefined : secrets.open(clientSecretSealed)
  const options = { timeout: timeoutSeconds, [client.customFetch]: ask, execute: [client.allowInsecureRequests] }
  const metadata = (await client.discovery(new URL(issuer), clientId, undefined, client.None(), options)).serverMetadata()
  const provider = new client.Configuration(metadata, clientId, secret === undefined ? {} : { client_secret: secret }, authenticationAt(metadata, secret))
  provider.timeout = timeoutSeconds
  provider[client.customFetch] = ask
  // Which addresses may be asked by http `ask` decides, one by one.
  client.allowInsecureRequests(provider)
  // Not only because the token came over TLS: it is signed, so the signature is looked at.
  client.enableNonRepudiationChecks(provider)
  return provider
}

/** Basic is what every server knows and what holds where nothing is said (OpenID Connect Discovery 1.0, 3). */
function authenticationAt({ token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] }: client.ServerMetadata, secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None()
  return methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret)
}

const ask: client.CustomFetch = async (url, options) => {
  const fault = issuerFault(url)
  if (fault) throw new Error(`${new URL(url).origin}: ${fault}`)
  return fetch(url, options as RequestInit)
}

/** What must come back as it went out: the state by the browser, the nonce in the token; the verifier proves that the code is for us (PKCE, RFC 7636). */
export type Checks = { state: string; nonce: string; codeVerifier: string }

export const newChecks = (): Checks => ({ state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() })

export async function whereToSend(provider: Provider, redirectUri: string, { state, nonce, codeVerifier }: Checks): Promise<string> {
  const challenge = await client.calculatePKCECodeChallenge(codeVerifier)
  return client.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri, scope, state, nonce, code_challenge: challenge, code_challenge_method: 'S256',
  }).href
}

/** Turns the code into who somebody is. Throws for every answer that is not entirely right. */
export async function whoCame(provider: Provider, answer: URL, { state, nonce, codeVerifier }: Checks): Promise<Claims> {
  const tokens = await client.authorizationCodeGrant(provider, answer, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true })
  const inToken = tokens.claims()!
  // Many providers tell the address only here.
  const more = inToken['email'] === undefined && provider.serverMetadata().userinfo_endpoint ? await client.fetchUserInfo(provider, tokens.access_token, inToken.sub) : {}
  return claimsOf({ ...more, ...inToken })
}

function claimsOf(claims: Record<string, unknown>): Claims {
  const text = (name: string) => (typeof claims[name] === 'string' ? oneLine(claims[name]) : '')
  const { address, wellFormed } = parseAddress(text('email'))
  const named = text('given_name') || text('family_name')
  return {
    issuer: text('iss'), subject: text('sub'), emailAddress: wellFormed ? address : '',
    // Some write it as a text.
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    firstName: (named ? text('given_name') : '').slice(0, 100), lastName: (named ? text('family_name') : text('name')).slice(0, 100),
  }
}

/** What went wrong, from outside in, down to the system's own words: `connect ECONNREFUSED 127.0.0.1:9000`. */
export function whatWentWrong(error: unknown): string {
  const words: string[] = []
  for (let at: unknown = error; at instanceof Error && words.length < 5; at = at.cause) {
    words.push([errorText(at), ...saidBy(at)].join(': '))
    if (at.cause instanceof Response) words.push(`HTTP ${at.cause.status} from ${at.cause.url}`)
  }
  return oneLine(words.join(': ')).slice(0, 1000) || errorText(error)
}

/** RFC 6749 4.1.2.1 and 5.2: `access_denied` and its description. */
const saidBy = (error: Error) => ['error', 'error_description'].flatMap((name) => {
  const said = (error as unknown as Record<string, unknown>)[name]
  return typeof said === 'string' ? [said] : []
})
