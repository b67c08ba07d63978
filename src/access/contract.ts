/** What crosses the wire about signing in, API keys and the audit log. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const password = z.string().min(8, 'A password needs at least 8 characters.').max(500)

const Person = z.object({
  id: z.string(), userName: z.string(), name: z.string(), emailAddress: z.string(), type: z.enum(['admin', 'regular', 'api']),
})

export const Session = z.object({
  /** True on a fresh installation: the first visitor creates the administrator. */
  setupNeeded: z.boolean(),
  user: Person.nullable(),
  csrfToken: z.string().nullable(),
})
export type Session = z.output<typeof Session>

export const getSession = endpoint('GET /api/v1/session', { allow: 'public', summary: 'Who is signed in', result: Session })

export const signIn = endpoint('POST /api/v1/session', {
  allow: 'public', summary: 'Sign in by password', status: 201,
  body: z.strictObject({ userName: z.string().min(1, 'Enter your user name or address.').max(320), password: z.string().min(1, 'Enter your password.').max(500) }),
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

export const ApiKey = z.object({
  id: z.string(), name: z.string(), userId: z.string(), userName: z.string(), hint: z.string(),
  createdAt: z.string(), lastUsedAt: z.string().nullable(), version: z.number(),
})
export const NewApiKey = ApiKey.extend({
  /** Shown this once. */
  key: z.string(),
})

export const listApiKeys = endpoint('GET /api/v1/api-keys', { allow: 'administrator', summary: 'API keys', query: listQuery, result: pageOf(ApiKey.partial()) })
export const createApiKey = endpoint('POST /api/v1/api-keys', {
  allow: 'administrator', summary: 'Create an API key; the answer shows it once', status: 201,
  body: z.strictObject({ name: z.string().trim().min(1, 'A key needs a name.').max(200), userId: z.string().optional() }),
  result: NewApiKey,
})
export const removeApiKey = endpoint('DELETE /api/v1/api-keys/:id', { allow: 'administrator', summary: 'Remove an API key; whoever uses it is shut out at once', params: byId })

export const AuditEntry = z.object({
  id: z.string(), at: z.string(), userName: z.string(), action: z.string(), aboutType: z.string(),
  aboutId: z.string().nullable(), aboutName: z.string().nullable(), ip: z.string(), detail: z.record(z.string(), z.unknown()),
})
export const listAuditLog = endpoint('GET /api/v1/audit-log', {
  allow: 'administrator', summary: 'Who changed what, when, from where', query: listQuery, result: pageOf(AuditEntry.partial()),
})
