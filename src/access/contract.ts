/** What crosses the wire about signing in, roles and teams, API keys and the audit log. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { levels, permissions } from './rights.ts'
import { scopes } from './scopes.ts'

const password = z.string().min(8, 'A password needs at least 8 characters.').max(500)

const ownPassword = z.string().min(1, 'Enter your password.').max(500)
const code = z.string().trim().min(1, 'Enter the code.').max(50)

const Person = z.object({
  id: z.string(), userName: z.string(), name: z.string(), firstName: z.string(), lastName: z.string(), emailAddress: z.string(), type: z.enum(['admin', 'regular', 'api']),
})

const level = z.enum(levels)
export const TypeRights = z.strictObject({ create: z.boolean(), read: level, edit: level, delete: level })
export const Rights = z.object({
  /** By the name of the type. */
  types: z.record(z.string(), TypeRights),
  /** Of every type that is not named. */
  otherTypes: TypeRights,
  permissions: z.array(z.enum(permissions)),
  /** Whether `send` needs somebody else's approval. */
  sendNeedsApproval: z.boolean(),
})
export type Rights = z.output<typeof Rights>
export { type Action, actions, everything, type Level, levels, nothing, ofType, type Permission, permissions } from './rights.ts'
export type TypeRights = z.output<typeof TypeRights>
export { isLocalPath } from './local-path.ts'

export const Session = z.object({
  /** True on a fresh installation: the first visitor creates the administrator. */
  setupNeeded: z.boolean(),
  user: Person.nullable(),
  /** True while nothing is open to this browser but setting up a second factor. */
  secondFactorRequired: z.boolean(),
  /** What the user may do, all roles together; whoever is of type admin may do everything. Null where nobody is signed in, and until a required second factor is set up. */
  rights: Rights.nullable(),
  csrfToken: z.string().nullable(),
})
export type Session = z.output<typeof Session>

export const getSession = endpoint('GET /api/v1/session', { allow: 'public', summary: 'Who is signed in', result: Session })

export const signIn = endpoint('POST /api/v1/session', {
  allow: 'public', summary: 'Sign in by password; whoever has a second factor is answered 401 `secondFactorNeeded` and gives its code as well', status: 201,
  body: z.strictObject({
    userName: z.string().min(1, 'Enter your user name or address.').max(320), password: z.string().min(1, 'Enter your password.').max(500),
    /** Six digits of the authenticator app, or a recovery code. */
    code: code.optional(),
  }),
  result: Session,
})

export const signOut = endpoint('DELETE /api/v1/session', { allow: 'public', summary: 'Sign out' })

export const setUp = endpoint('POST /api/v1/setup', {
  allow: 'public', summary: 'Create the first administrator of a fresh installation', status: 201,
  body: z.strictObject({
    emailAddress: z.email('This is not an email address.'), password,
    firstName: z.string().max(100).optional(), lastName: z.string().max(100).optional(),
  }),
  result: Session,
})

export const changePassword = endpoint('POST /api/v1/session/password', {
  allow: 'signedIn', summary: 'Change your own password; every browser is signed out',
  body: z.strictObject({ currentPassword: z.string().max(500), newPassword: password }),
})

const ownName = emptiable(z.string().trim().max(255)).optional()
export const changeName = endpoint('PATCH /api/v1/session/user', {
  allow: 'signedIn', summary: 'Change your own name', body: z.strictObject({ firstName: ownName, lastName: ownName }),
})

export const SecondFactor = z.object({
  on: z.boolean(), since: z.string().nullable(), recoveryCodesLeft: z.number(),
  /** Whether the rule of this installation demands one of this person when he signs in by password. */
  required: z.boolean(),
  /** Without a password of ours somebody else signs this person in, and asks for what it needs. */
  hasPassword: z.boolean(),
})
/** Shown this once. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

export const readSecondFactor = endpoint('GET /api/v1/session/second-factor', { allow: 'comingIn', summary: 'Your second factor', result: SecondFactor })
export const beginSecondFactor = endpoint('POST /api/v1/session/second-factor', {
  allow: 'comingIn', summary: 'Begin to set up an authenticator app, also in place of another one; the answer shows its secret once', status: 201,
  body: z.strictObject({ password: ownPassword }), result: z.object({ secret: z.string(), url: z.string() }),
})
export const confirmSecondFactor = endpoint('POST /api/v1/session/second-factor/confirm', {
  allow: 'comingIn', summary: 'Turn the second factor on, or change to the new app, by a code of it; the answer shows ten recovery codes once', body: z.strictObject({ code }), result: RecoveryCodes,
})
export const replaceRecoveryCodes = endpoint('POST /api/v1/session/second-factor/recovery-codes', {
  allow: 'signedIn', summary: 'New recovery codes, shown once; the old ones open nothing any more', status: 201, body: z.strictObject({ password: ownPassword }), result: RecoveryCodes,
})
export const turnOffSecondFactor = endpoint('POST /api/v1/session/second-factor/turn-off', {
  allow: 'signedIn', summary: 'Turn your second factor off; 409 `secondFactorDemanded` where it is required of you', body: z.strictObject({ password: ownPassword }),
})

export const SignedInSession = z.object({
  id: z.string(),
  /** The browser in words. */
  device: z.string(), cameBy: z.enum(['password', 'singleSignOn']), ip: z.string(), createdAt: z.string(),
  /** To the minute. */
  seenAt: z.string(), expiresAt: z.string(), current: z.boolean(),
})
export type SignedInSession = z.output<typeof SignedInSession>
const SignedInSessions = z.object({ items: z.array(SignedInSession) })
const ended = z.object({ ended: z.number() })

export const listOwnSessions = endpoint('GET /api/v1/session/sessions', { allow: 'signedIn', summary: 'Browsers in which you are signed in', result: SignedInSessions })
export const endOwnSession = endpoint('DELETE /api/v1/session/sessions/:id', { allow: 'signedIn', summary: 'Sign one of your browsers out', params: byId })
export const endOtherOwnSessions = endpoint('DELETE /api/v1/session/sessions', { allow: 'signedIn', summary: 'Sign out every browser of yours but this one', result: ended })

export const listSessionsOfUser = endpoint('GET /api/v1/users/:id/sessions', { allow: 'userManager', summary: 'Browsers in which a user is signed in', params: byId, result: SignedInSessions })
export const endSessionOfUser = endpoint('DELETE /api/v1/users/:id/sessions/:sessionId', {
  allow: 'userManager', summary: 'Sign one browser of a user out', params: byId.extend({ sessionId: z.string() }),
})
export const endSessionsOfUser = endpoint('DELETE /api/v1/users/:id/sessions', { allow: 'userManager', summary: 'Sign a user out everywhere', params: byId, result: ended })
export const readSecondFactorOfUser = endpoint('GET /api/v1/users/:id/second-factor', { allow: 'userManager', summary: 'The second factor of a user', params: byId, result: SecondFactor })
export const resetSecondFactorOfUser = endpoint('DELETE /api/v1/users/:id/second-factor', {
  allow: 'userManager', summary: 'Take the second factor from a user who lost it; the password alone opens then', params: byId,
})

const roleName = z.string().trim().min(1, 'A role needs a name.').max(200)
const description = emptiable(z.string().max(10_000)).optional()
/** What is left out is not allowed. */
const TypeRightsInput = z.strictObject({ create: z.boolean().default(false), read: level.default('no'), edit: level.default('no'), delete: level.default('no') })
const roleInput = {
  description,
  types: z.record(z.string(), TypeRightsInput).optional(),
  otherTypes: TypeRightsInput.optional(),
  permissions: z.array(z.enum(permissions)).optional(),
  sendNeedsApproval: z.boolean().optional(),
}

export const Role = Rights.extend({
  id: z.string(), name: z.string(), description: z.string(),
  /** How many have it. */
  users: z.number(),
  createdAt: z.string(), modifiedAt: z.string(), version: z.number(),
})
export type Role = z.output<typeof Role>

export const listRoles = endpoint('GET /api/v1/roles', { allow: 'userManager', summary: 'Roles: what their users may do', query: listQuery, result: pageOf(Role.partial()) })
export const createRole = endpoint('POST /api/v1/roles', {
  allow: 'userManager', summary: 'Create a role; what is left out is not allowed', status: 201, body: z.strictObject({ name: roleName, ...roleInput }), result: Role,
})
export const readRole = endpoint('GET /api/v1/roles/:id', { allow: 'userManager', summary: 'A role', params: byId, result: Role })
export const changeRole = endpoint('PATCH /api/v1/roles/:id', {
  allow: 'userManager', summary: 'Change a role; it counts from the next request of its users on', params: byId,
  body: z.strictObject({ name: roleName.optional(), ...roleInput }), result: Role,
})
export const removeRole = endpoint('DELETE /api/v1/roles/:id', { allow: 'userManager', summary: 'Delete a role; whoever had it may do less at once', params: byId })

const teamName = z.string().trim().min(1, 'A team needs a name.').max(200)
export const Team = z.object({
  id: z.string(), name: z.string(), description: z.string(), users: z.number(), createdAt: z.string(), modifiedAt: z.string(), version: z.number(),
})
export type Team = z.output<typeof Team>

export const listTeams = endpoint('GET /api/v1/teams', { allow: 'signedIn', summary: 'Teams: people who share records', query: listQuery, result: pageOf(Team.partial()) })
export const createTeam = endpoint('POST /api/v1/teams', {
  allow: 'userManager', summary: 'Create a team', status: 201, body: z.strictObject({ name: teamName, description }), result: Team,
})
export const readTeam = endpoint('GET /api/v1/teams/:id', { allow: 'signedIn', summary: 'A team', params: byId, result: Team })
export const changeTeam = endpoint('PATCH /api/v1/teams/:id', {
  allow: 'userManager', summary: 'Rename a team', params: byId, body: z.strictObject({ name: teamName.optional(), description }), result: Team,
})
export const removeTeam = endpoint('DELETE /api/v1/teams/:id', { allow: 'userManager', summary: 'Delete a team; its people lose what only the team had', params: byId })

const from = z.array(z.string())
const reach = z.object({ level, from })
export const UserRights = z.object({
  /** Of users of type admin: whatever their roles say. */
  everything: z.boolean(),
  isActive: z.boolean(),
  /** `from` names them by id. */
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What he may do in the end, and which of his roles give as much. */
  types: z.array(z.object({ type: z.string(), create: z.object({ given: z.boolean(), from }), read: reach, edit: reach, delete: reach })),
  permissions: z.array(z.object({ permission: z.enum(permissions), from })),
  sendNeedsApproval: z.boolean(),
})
export type UserRights = z.output<typeof UserRights>
export const readUserRights = endpoint('GET /api/v1/users/:id/rights', {
  allow: 'userManager', summary: 'What a user may do, and by which of his roles', params: byId, result: UserRights,
})

export { type Area, areas, type Scope, scopes } from './scopes.ts'
export const ApiKey = z.object({
  id: z.string(), name: z.string(), userId: z.string(), userName: z.string(), hint: z.string(),
  /** What it may be used for, of all that its user may do: `records:read`, `all:write`. */
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  /** Empty for the first key, which came from the environment, and where that user is gone. */
  createdByName: z.string(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(), lastUsedIp: z.string(),
  expiresAt: z.string().nullable(), version: z.number(),
})
export type ApiKey = z.output<typeof ApiKey>
export const NewApiKey = ApiKey.extend({
  /** Shown this once. */
  key: z.string(),
})

const keyName = z.string().trim().min(1, 'A key needs a name.').max(200)

export const listApiKeys = endpoint('GET /api/v1/api-keys', { allow: 'userManager', summary: 'API keys', query: listQuery, result: pageOf(ApiKey.partial()) })
export const createApiKey = endpoint('POST /api/v1/api-keys', {
  allow: 'userManager', summary: 'Create an API key; the answer shows it once. Without scopes it may do everything that its user may', status: 201,
  body: z.strictObject({
    name: keyName, userId: z.string().optional(),
    scopes: z.array(z.enum(scopes)).min(1, 'Choose what the key may be used for.').optional(),
    expiresAt: z.iso.datetime({ offset: true, message: 'This is not a time, such as 2031-01-01T00:00:00Z.' }).nullable().optional(),
  }),
  result: NewApiKey,
})
export const renameApiKey = endpoint('PATCH /api/v1/api-keys/:id', {
  allow: 'userManager', summary: 'Rename an API key', params: byId, body: z.strictObject({ name: keyName }), result: ApiKey,
})
export const removeApiKey = endpoint('DELETE /api/v1/api-keys/:id', { allow: 'userManager', summary: 'Remove an API key; whoever uses it is shut out at once', params: byId })

export { type AuditAction, auditSubjects, auditWords } from './audit-words.ts'
export const AuditEntry = z.object({
  id: z.string(), at: z.string(), userId: z.string().nullable(), userName: z.string(), action: z.string(), aboutType: z.string(),
  aboutId: z.string().nullable(), aboutName: z.string().nullable(), ip: z.string(), detail: z.record(z.string(), z.unknown()),
})
export const listAuditLog = endpoint('GET /api/v1/audit-log', {
  allow: 'administrator', summary: 'Who changed what, when, from where', query: listQuery, result: pageOf(AuditEntry.partial()),
})
