/** What crosses the wire about single sign-on: its settings, its button, and who is linked. The way through the provider is no JSON (routes.ts). */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

export const secondFactorRules = ['nobody', 'administrators', 'everybody'] as const
export type SecondFactorRule = typeof secondFactorRules[number]
const secondFactorFor = z.enum(secondFactorRules, 'Choose nobody, administrators or everybody.')

const shape = {
  active: z.boolean(),
  /** As the provider calls itself: `https://login.example/realms/acme`. */
  issuer: emptiable(z.string().trim().max(500)),
  clientId: emptiable(z.string().trim().max(500)),
  buttonLabel: emptiable(z.string().trim().max(60, 'A label has at most 60 characters.')),
  /** Whether somebody whom only the provider knows becomes a user: a regular one, with these roles and teams. */
  createUsers: z.boolean(),
  roleIds: z.array(z.string()).max(100),
  teamIds: z.array(z.string()).max(100),
  /** Only verified addresses of these domains come in; none for all. */
  domains: z.array(z.string().trim().min(1).max(253)).max(100, 'At most 100 domains.'),
  passwordsForAdministratorsOnly: z.boolean(),
  /** Of whom a second factor is required when he signs in by password. Who comes in by the provider, and API keys, are not asked. */
  secondFactorFor,
}

export const SingleSignOnSettings = z.object({
  ...shape, issuer: z.string(), clientId: z.string(), buttonLabel: z.string(),
  clientSecretSet: z.boolean(),
  /** To be entered at the provider. Follows the Site URL. */
  redirectUri: z.string(),
  version: z.number(),
})
export type SingleSignOnSettings = z.output<typeof SingleSignOnSettings>

const settingsPath = '/api/v1/settings/single-sign-on'
const path = '/api/v1/single-sign-on'

// For whoever gives rights: who sets the provider says who is who.
export const getSettings = endpoint(`GET ${settingsPath}`, { allow: 'userManager', summary: 'How people come in: by OpenID Connect, by password, with a second factor', result: SingleSignOnSettings })

const change = z.strictObject({ ...shape, clientSecret: z.string().max(4000).nullable() }).partial()
export type SingleSignOnChange = z.output<typeof change>
export const changeSettings = endpoint(`PATCH ${settingsPath}`, {
  allow: 'userManager', summary: 'Change how people come in; the client secret is kept only while issuer and client ID stay', body: change, result: SingleSignOnSettings,
})

export const PersonWithout = z.object({ id: z.string(), name: z.string(), userName: z.string(), lastSignInAt: z.string().nullable() })
export type PersonWithout = z.output<typeof PersonWithout>
export const listWithoutSecondFactor = endpoint(`GET ${settingsPath}/without-second-factor`, {
  allow: 'userManager', summary: 'Who signs in by password, needs a second factor and has none yet; `rule` asks of another rule than the one that is set',
  query: listQuery.extend({ rule: secondFactorFor.optional() }), result: pageOf(PersonWithout.partial()),
})

export const test = endpoint(`POST ${settingsPath}/test`, {
  allow: 'userManager', summary: 'Ask the provider what it is (discovery), with the saved settings',
  result: z.object({ ok: z.boolean(), message: z.string(), advice: z.string(), /** The provider's or the system's own words. */ reply: z.string() }),
})
export type Test = z.output<typeof test.result>

export const getButton = endpoint(`GET ${path}`, {
  allow: 'public', summary: 'The button of the sign-in page',
  result: z.object({
    /** Null where single sign-on is off. `url` begins it, at the Site URL: the way back leads there. */
    button: z.object({ label: z.string(), url: z.string() }).nullable(),
    passwordsForAdministratorsOnly: z.boolean(),
  }),
})

export const Identity = z.object({
  id: z.string(), issuer: z.string(), subject: z.string(), userId: z.string(), userName: z.string(), createdAt: z.string(), lastAt: z.string(),
})
export type Identity = z.output<typeof Identity>

export const listIdentities = endpoint(`GET ${path}/identities`, {
  allow: 'userManager', summary: 'Who came in by the provider, and as which user', query: listQuery, result: pageOf(Identity.partial()),
})
export const removeIdentity = endpoint(`DELETE ${path}/identities/:id`, {
  allow: 'userManager', summary: 'Unlink a user from an account at the provider; the next sign-in links by verified address again', params: byId,
})

/** Why somebody is back on the sign-in page. What lies behind it is in the audit log, not here. */
export const refusals = {
  switchedOff: 'Sign-in by this button is switched off. Sign in with your password, or ask an administrator.',
  tooOften: 'Too many tries from here. Wait a few minutes, then try again.',
  expired: 'This sign-in was begun in another browser, is too old, or was used already. Begin it once more.',
  unreachable: 'The sign-in service cannot be reached at the moment. Try again shortly; an administrator finds the reason in the audit log.',
  refusedThere: 'The sign-in service did not confirm who you are. Try again; an administrator finds the reason in the audit log.',
  emailNotVerified: 'The sign-in service has not verified your email address. Have it verified there, then try again.',
  notLetIn: 'You are known there, but have no way in here. Ask an administrator of Tidings for one.',
} as const
export type Refusal = keyof typeof refusals
