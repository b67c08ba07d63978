/** Which scope of an API key each endpoint needs: the one table. An endpoint that is not in it is closed to every key that may not do everything. */
import type { Area, NeededScope } from '../access/scopes.ts'
import type { Route } from './serve.ts'

/** By what stands behind /api/v1/. `own`: a key's own affairs, and what every program needs to find its way. */
const areaOf: Record<string, Area | 'own'> = {
  'tasks': 'own', 'notices': 'own', 'notice-mail': 'own',
  ':slug': 'records', 'bin': 'records', 'saved-views': 'records', 'list-columns': 'records',
  'imports': 'imports',
  'target-lists': 'targetLists', 'subscription-forms': 'targetLists',
  'suppressions': 'optOuts',
  'email-templates': 'templates',
  'campaigns': 'campaigns', 'campaign-comparison': 'campaigns', 'tracking-urls': 'campaigns',
  'mass-emails': 'sending', 'test-groups': 'sending', 'portion': 'sending', 'safe-lines': 'sending',
  'reports': 'reports', 'report-sources': 'reports', 'report-preview': 'reports', 'report-schedules': 'reports', 'report-pins': 'reports',
  'brand': 'own', 'settings': 'settings', 'scheduled-jobs': 'settings', 'health': 'settings', 'outbound-accounts': 'settings', 'domain-rules': 'settings', 'domain-outages': 'settings',
  'group-email-accounts': 'settings', 'mailbox-messages': 'settings', 'provider-webhooks': 'settings', 'webhooks': 'settings', 'alarms': 'settings', 'dkim-keys': 'settings', 'sender-domains': 'settings',
  'first-run': 'settings', 'entity-types': 'settings', 'relationships': 'settings', 'layouts': 'settings', 'slow-filters': 'settings',
  'session': 'users', 'users': 'users', 'invitations': 'users', 'roles': 'users', 'teams': 'users', 'api-keys': 'users', 'audit-log': 'users', 'single-sign-on': 'users', 'sandbox': 'users',
}

/** Where an endpoint belongs elsewhere than its neighbours. */
const exceptions: Record<string, NeededScope> = {
  // Definitions, which a program needs to read anything.
  'GET /api/v1/entity-types': 'own:read', 'GET /api/v1/entity-types/:name': 'own:read', 'GET /api/v1/relationships': 'own:read',
  'GET /api/v1/layouts/:entityType': 'own:read', 'GET /api/v1/layouts/:entityType/:kind': 'own:read', 'GET /api/v1/settings/general': 'own:read',
  // Whoever says which sign-in is believed says who comes in.
  'GET /api/v1/settings/single-sign-on': 'users:read', 'PATCH /api/v1/settings/single-sign-on': 'users:write', 'POST /api/v1/settings/single-sign-on/test': 'users:write',
  'GET /api/v1/settings/single-sign-on/without-second-factor': 'users:read',
  'POST /api/v1/campaigns/:id/log/target-list': 'targetLists:write',
  'POST /api/v1/target-lists/:id/opt-out': 'optOuts:write', 'POST /api/v1/target-lists/:id/cancel-opt-out': 'optOuts:write',
}

/** What is posted, because it is long, and changes nothing. */
const posted = new Set([
  '/api/v1/:slug/export.csv', '/api/v1/:slug/export.xlsx', '/api/v1/:slug/duplicates', '/api/v1/imports/preview', '/api/v1/email-templates/:id/render',
  '/api/v1/reports/:id/run', '/api/v1/reports/:id/rows', '/api/v1/report-preview', '/api/v1/subscription-forms/preview', '/api/v1/entity-types/:name/fields/:field/preview',
])

/** `path` is the route's own (`/api/v1/campaigns/:id`). Null where the table does not know it. Users are records, and yet their own part. */
export function scopeOf(asked: string, path: string, slug?: string): NeededScope | null {
  const method = asked === 'HEAD' ? 'GET' : asked
  const exception = exceptions[`${method} ${path}`]
  if (exception) return exception
  const first = path.split('/')[3] ?? ''
  const area = first === ':slug' && slug === 'users' ? 'users' : Object.hasOwn(areaOf, first) ? areaOf[first]! : null
  return area && `${area}:${isRead(method, path) ? 'read' : 'write'}`
}

/** A mistake of whoever wrote the endpoint, seen at the first start. */
export function expectInTable(route: Route): void {
  const { method, path, allow } = 'endpoint' in route ? route.endpoint : { ...route, method: [route.method].flat()[0]!, path: route.url }
  if (allow !== 'public' && scopeOf(method, path) === null) throw new Error(`${method} ${path} is in no part of the product: say in src/http/areas.ts which scope a key needs for it.`)
}

/** Whoever reads the mail of the Sandbox has links that open users. */
const opensUsers = (path: string) => path.startsWith('/api/v1/sandbox/')

const isRead = (method: string, path: string) => !opensUsers(path) && (method === 'GET' || (method === 'POST' && posted.has(path)))
