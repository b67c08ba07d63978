/** What each route of the product needs, for the rights matrix. */
import type { Permission } from '../src/access/rights.ts'

type Thing = 'contact' | 'targetList' | 'campaign' | 'massEmail' | 'trackingUrl' | 'emailTemplate' | 'report' | 'reportSchedule'
type Target = { id: string; otherId?: string | undefined }

export type Need = {
  /**
   * `public`: anybody. `signedIn`: one's own affairs, and definitions. `administer`, `userManager`: by that alone. `permission`: by that
   * permission. `records`: whoever may read, or make, at least some of them. `thing`: as far as `action` reaches.
   */
  who: 'public' | 'signedIn' | 'administer' | 'userManager' | 'permission' | 'records' | 'thing'
  permission?: Permission
  thing?: Thing
  action?: 'read' | 'edit' | 'delete'
  /** Another thing that the body names, of the same owner. */
  other?: Thing
  body?: object | ((target: Target) => object)
  params?: Record<string, string>
  query?: string
  /** 404 is a right answer also to whoever may: what stands behind it is not there. */
  mayBeMissing?: boolean
  /** Only its refusals are tried: its answer is held by tests of its own. */
  notCalled?: boolean
}

const all = (need: Need, routes: string): Record<string, Need> =>
  Object.fromEntries(routes.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => [line, need]))

const on = (thing: Thing, action: 'read' | 'edit' | 'delete', more: Partial<Need> = {}): Need => ({ who: 'thing', thing, action, ...more })
const records = (more: Partial<Need> = {}): Need => ({ who: 'records', ...more })
const ofContact = ({ id }: Target) => ({ entityType: 'Contact', ids: [id] })

export const needs: Record<string, Need> = {
  ...all({ who: 'public', notCalled: true }, `
    GET /api/v1/session
    DELETE /api/v1/session
    POST /api/v1/session
    POST /api/v1/setup
    POST /api/v1/password-resets
    POST /api/v1/password-resets/look
    POST /api/v1/password-resets/use
    POST /api/v1/invitations/look
    POST /api/v1/invitations/accept
    GET /api/v1/single-sign-on
    GET /api/v1/single-sign-on/start
    GET /api/v1/single-sign-on/callback
    GET /api/v1/brand
    GET /i/:id
    GET /healthz
    GET /readyz
    POST /e/:id/:signature
    GET /c/*
    GET /o/*
    GET /h/*
    GET /u/*
    POST /u/*
    GET /p/*
    POST /p/*
    GET /v/*
    GET /s/:key
    POST /s/:key
    OPTIONS /s/:key
    GET /s/:key/:token
    POST /s/:key/:token`),
  ...all({ who: 'signedIn' }, `
    GET /api/v1/entity-types
    GET /api/v1/relationships
    GET /api/v1/notice-mail
    GET /api/v1/saved-views
    GET /api/v1/saved-views/:id
    GET /api/v1/bin
    GET /api/v1/bin/actions
    POST /api/v1/bin/:id/restore
    POST /api/v1/bin/actions/:id/undo
    GET /api/v1/teams
    GET /api/v1/teams/:id
    GET /api/v1/settings/general
    GET /api/v1/first-run
    GET /api/v1/tasks
    GET /api/v1/tasks/:id
    DELETE /api/v1/tasks/:id
    GET /api/v1/report-pins
    GET /api/v1/notices
    POST /api/v1/notices/read
    POST /api/v1/notices/:id/read
    GET /api/v1/email-templates/placeholders
    PATCH /api/v1/saved-views/:id
    DELETE /api/v1/saved-views/:id`),
  'PATCH /api/v1/session/user': { who: 'signedIn', body: { firstName: 'Anna' } },
  'POST /api/v1/session/password': { who: 'signedIn', body: { currentPassword: 'x', newPassword: 'long enough' } },
  ...all({ who: 'signedIn' }, `
    GET /api/v1/session/second-factor
    GET /api/v1/session/sessions
    DELETE /api/v1/session/sessions
    DELETE /api/v1/session/sessions/:id`),
  ...all({ who: 'signedIn', body: { password: 'x' } }, `
    POST /api/v1/session/second-factor
    POST /api/v1/session/second-factor/recovery-codes
    POST /api/v1/session/second-factor/turn-off`),
  'POST /api/v1/session/second-factor/confirm': { who: 'signedIn', body: { code: '000000' } },
  'GET /api/v1/entity-types/:name': { who: 'signedIn', params: { name: 'Contact' } },
  'GET /api/v1/layouts/:entityType': { who: 'signedIn', params: { entityType: 'Contact' } },
  'GET /api/v1/layouts/:entityType/:kind': { who: 'signedIn', params: { entityType: 'Contact', kind: 'list' } },
  'GET /api/v1/list-columns/:entityType': { who: 'signedIn', params: { entityType: 'Contact' } },
  'PUT /api/v1/list-columns/:entityType': { who: 'signedIn', params: { entityType: 'Contact' }, body: { columns: null } },

  ...all({ who: 'userManager' }, `
    GET /api/v1/invitations
    POST /api/v1/invitations
    POST /api/v1/invitations/:id/send
    DELETE /api/v1/invitations/:id
    GET /api/v1/users/:id/sessions
    DELETE /api/v1/users/:id/sessions
    DELETE /api/v1/users/:id/sessions/:sessionId
    GET /api/v1/users/:id/second-factor
    DELETE /api/v1/users/:id/second-factor
    GET /api/v1/api-keys
    POST /api/v1/api-keys
    PATCH /api/v1/api-keys/:id
    DELETE /api/v1/api-keys/:id
    GET /api/v1/settings/single-sign-on
    PATCH /api/v1/settings/single-sign-on
    POST /api/v1/settings/single-sign-on/test
    GET /api/v1/settings/single-sign-on/without-second-factor
    GET /api/v1/single-sign-on/identities
    DELETE /api/v1/single-sign-on/identities/:id
    GET /api/v1/users/:id/rights
    GET /api/v1/roles
    GET /api/v1/roles/:id
    POST /api/v1/roles
    PATCH /api/v1/roles/:id
    DELETE /api/v1/roles/:id
    POST /api/v1/teams
    PATCH /api/v1/teams/:id
    DELETE /api/v1/teams/:id`),
  ...all({ who: 'administer' }, `
    GET /api/v1/slow-filters
    POST /api/v1/slow-filters/:id/index
    DELETE /api/v1/slow-filters/:id/index
    DELETE /api/v1/slow-filters/:id
    PUT /api/v1/layouts/:entityType/:kind
    DELETE /api/v1/layouts/:entityType/:kind
    POST /api/v1/entity-types
    PATCH /api/v1/entity-types/:name
    DELETE /api/v1/entity-types/:name
    POST /api/v1/entity-types/:name/fields
    PATCH /api/v1/entity-types/:name/fields/:field
    DELETE /api/v1/entity-types/:name/fields/:field
    GET /api/v1/entity-types/:name/usage
    GET /api/v1/entity-types/:name/fields/:field/usage
    POST /api/v1/entity-types/:name/fields/:field/preview
    GET /api/v1/entity-types/last-change
    GET /api/v1/entity-types/last-change/losses
    POST /api/v1/entity-types/undo
    POST /api/v1/relationships
    DELETE /api/v1/relationships/:id
    GET /api/v1/audit-log
    GET /api/v1/settings/outbound-emails
    PATCH /api/v1/settings/outbound-emails
    PATCH /api/v1/settings/general
    GET /api/v1/settings/history
    POST /api/v1/settings/images
    GET /api/v1/settings/export
    POST /api/v1/settings/import
    POST /api/v1/settings/history/:id/take-back
    PATCH /api/v1/first-run
    GET /api/v1/alarms
    PATCH /api/v1/alarms
    POST /api/v1/alarms/test
    GET /api/v1/webhooks
    POST /api/v1/webhooks
    GET /api/v1/webhooks/:id
    PATCH /api/v1/webhooks/:id
    DELETE /api/v1/webhooks/:id
    POST /api/v1/webhooks/:id/test
    GET /api/v1/webhooks/:id/deliveries
    GET /api/v1/scheduled-jobs
    GET /api/v1/scheduled-jobs/:name
    PATCH /api/v1/scheduled-jobs/:name
    POST /api/v1/scheduled-jobs/:name/run
    GET /api/v1/scheduled-jobs/:name/log
    GET /api/v1/health/delivery
    POST /api/v1/health/delivery/check
    GET /api/v1/health/bounce-loop
    POST /api/v1/health/bounce-loop
    POST /api/v1/suppressions/clear
    GET /api/v1/outbound-accounts/presets
    PATCH /api/v1/outbound-accounts/:id
    POST /api/v1/outbound-accounts/:id/test
    GET /api/v1/group-email-accounts
    GET /api/v1/group-email-accounts/:id
    POST /api/v1/group-email-accounts
    PATCH /api/v1/group-email-accounts/:id
    DELETE /api/v1/group-email-accounts/:id
    POST /api/v1/group-email-accounts/:id/test-imap
    POST /api/v1/group-email-accounts/:id/test-smtp
    GET /api/v1/mailbox-messages
    POST /api/v1/mailbox-messages/mark-invalid
    POST /api/v1/mailbox-messages/:id/classify
    GET /api/v1/provider-webhooks
    GET /api/v1/provider-webhooks/:id
    POST /api/v1/provider-webhooks
    PATCH /api/v1/provider-webhooks/:id
    DELETE /api/v1/provider-webhooks/:id
    GET /api/v1/subscription-forms
    POST /api/v1/subscription-forms
    GET /api/v1/subscription-forms/fields
    POST /api/v1/subscription-forms/preview
    GET /api/v1/subscription-forms/:id
    PATCH /api/v1/subscription-forms/:id
    DELETE /api/v1/subscription-forms/:id
    GET /api/v1/subscription-forms/:id/subscriptions
    POST /api/v1/domain-rules
    PATCH /api/v1/domain-rules/:id
    DELETE /api/v1/domain-rules/:id
    POST /api/v1/domain-outages/:id/confirm
    POST /api/v1/domain-outages/:id/release
    GET /api/v1/dkim-keys
    POST /api/v1/dkim-keys
    GET /api/v1/dkim-keys/:id
    POST /api/v1/dkim-keys/:id/check
    POST /api/v1/dkim-keys/:id/activate
    DELETE /api/v1/dkim-keys/:id
    POST /api/v1/sender-domains/:domain/check
    GET /api/v1/sandbox/messages
    GET /api/v1/sandbox/messages/:id
    GET /api/v1/sandbox/messages/:id/raw
    DELETE /api/v1/sandbox/messages`),

  // Needs the permission to export as well: held by a test of its own.
  'GET /api/v1/audit-log/export.csv': { who: 'administer', notCalled: true },
  ...all({ who: 'permission', permission: 'import' }, `
    POST /api/v1/imports
    POST /api/v1/imports/preview`),
  // An administrator without the permission sees imports of others, but none is his to start.
  ...all({ who: 'permission', permission: 'import' }, `
    GET /api/v1/imports
    GET /api/v1/imports/:id
    GET /api/v1/imports/:id/rows
    POST /api/v1/imports/:id/revert
    GET /api/v1/imports/:id/rejects.csv`),
  ...all({ who: 'permission', permission: 'changeOptOuts' }, `
    GET /api/v1/suppressions
    POST /api/v1/suppressions
    POST /api/v1/suppressions/import
    GET /api/v1/suppressions/export.csv`),
  'DELETE /api/v1/suppressions/:id': { who: 'permission', permission: 'changeOptOuts', body: { reason: 'why' } },

  'GET /api/v1/:slug': records(),
  'GET /api/v1/:slug/count': records(),
  'PATCH /api/v1/notice-mail': { who: 'signedIn', body: { choices: {} } },
  'GET /api/v1/scheduled-jobs/preview': { who: 'administer', query: '?schedule=0+*+*+*+*' },
  'GET /api/v1/:slug/values': records({ query: '?field=lastName&q=' }),
  'GET /api/v1/:slug/export.csv': records({ permission: 'export' }),
  'GET /api/v1/:slug/export.xlsx': records({ permission: 'export' }),
  'POST /api/v1/:slug/export.csv': records({ permission: 'export', body: { selection: { filter: { and: [] } } } }),
  'POST /api/v1/:slug/export.xlsx': records({ permission: 'export', body: { selection: { filter: { and: [] } } } }),
  'POST /api/v1/:slug': records({ body: { lastName: 'New' } }),
  'POST /api/v1/:slug/mass-action': records({ permission: 'massUpdate', body: { selection: { ids: [] }, action: 'update', data: { title: 'X' } } }),
  'POST /api/v1/saved-views': records({ body: { entityType: 'Contact', name: 'Mine' } }),
  'GET /api/v1/:slug/:id': on('contact', 'read'),
  'PATCH /api/v1/:slug/:id': on('contact', 'edit', { body: { title: 'New' } }),
  'DELETE /api/v1/:slug/:id': on('contact', 'delete'),
  'GET /api/v1/:slug/:id/history': on('contact', 'read'),
  'GET /api/v1/:slug/:id/target-lists': on('contact', 'read'),
  'GET /api/v1/:slug/:id/consents': on('contact', 'read'),
  'GET /api/v1/:slug/:id/duplicates': on('contact', 'read'),
  'POST /api/v1/:slug/duplicates': { who: 'signedIn', body: { values: {} } },
  'GET /api/v1/:slug/duplicates': records(),
  'POST /api/v1/:slug/merge': on('contact', 'edit', { other: 'contact', body: ({ id, otherId }) => ({ survivorId: id, otherIds: [otherId] }) }),
  // Contacts have no records on the other side of a relationship that could be added: whoever may gets 409.
  'GET /api/v1/:slug/:id/related/:related': on('contact', 'read', { params: { related: 'account' } }),
  'POST /api/v1/:slug/:id/related/:related': on('contact', 'edit', { params: { related: 'account' }, body: { ids: ['00000000-0000-0000-0000-000000000000'] } }),
  'POST /api/v1/:slug/:id/related/:related/remove': on('contact', 'edit', { params: { related: 'account' }, body: { ids: ['00000000-0000-0000-0000-000000000000'] } }),

  'GET /api/v1/target-lists': records(),
  'POST /api/v1/target-lists': records({ body: { name: 'New' } }),
  'GET /api/v1/target-lists/:id': on('targetList', 'read'),
  'PATCH /api/v1/target-lists/:id': on('targetList', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/target-lists/:id': on('targetList', 'delete'),
  'POST /api/v1/target-lists/:id/duplicate': on('targetList', 'read'),
  'POST /api/v1/target-lists/:id/empty': on('targetList', 'edit'),
  'POST /api/v1/target-lists/:id/merge': on('targetList', 'edit', { other: 'targetList', body: ({ otherId }) => ({ targetListIds: [otherId] }) }),
  'GET /api/v1/target-lists/:id/report-sync': on('targetList', 'read'),
  'GET /api/v1/target-lists/:id/report-sync/runs': on('targetList', 'read'),
  'PUT /api/v1/target-lists/:id/report-sync': on('targetList', 'edit', { body: { active: false } }),
  'DELETE /api/v1/target-lists/:id/report-sync': on('targetList', 'edit'),
  'POST /api/v1/target-lists/:id/report-sync/run': on('targetList', 'edit'),
  'GET /api/v1/target-lists/:id/growth': on('targetList', 'read'),
  'GET /api/v1/target-lists/:id/members': on('targetList', 'read'),
  'POST /api/v1/target-lists/:id/members': on('targetList', 'edit', { other: 'contact', body: ({ otherId }) => ofContact({ id: otherId! }) }),
  'POST /api/v1/target-lists/:id/members/remove': on('targetList', 'edit', { other: 'contact', body: ({ otherId }) => ofContact({ id: otherId! }) }),
  'POST /api/v1/target-lists/:id/members/move': on('targetList', 'edit', {
    other: 'targetList', body: ({ otherId }) => ({ entityType: 'Contact', filter: { and: [] }, targetListId: otherId }),
  }),
  'GET /api/v1/target-lists/:id/opt-outs': on('targetList', 'read'),
  'POST /api/v1/target-lists/:id/opt-out': on('targetList', 'edit', { body: { emailAddress: 'no@example.com' } }),
  // Whoever reads the list and has the permission; the 409 is: has not opted out.
  'POST /api/v1/target-lists/:id/cancel-opt-out': on('targetList', 'read', { permission: 'changeOptOuts', body: { emailAddress: 'never@example.com', reason: 'asked for' } }),

  'GET /api/v1/campaigns': records(),
  'POST /api/v1/campaigns': records({ body: { name: 'New' } }),
  'GET /api/v1/campaigns/:id': on('campaign', 'read'),
  'PATCH /api/v1/campaigns/:id': on('campaign', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/campaigns/:id': on('campaign', 'delete'),
  'POST /api/v1/campaigns/:id/duplicate': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/log': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/log/counts': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/log/export.csv': on('campaign', 'read', { permission: 'export' }),
  'POST /api/v1/campaigns/:id/log/target-list': on('campaign', 'read', { body: { name: 'Clickers', including: ['clicked'] } }),
  'GET /api/v1/campaigns/:id/figures': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/figures/hours': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/figures/links': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/figures/domains': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/figures/entity-types': on('campaign', 'read'),
  'GET /api/v1/campaigns/:id/figures/by-field': on('campaign', 'read', { query: '?field=addressCity' }),
  'GET /api/v1/campaigns/:id/figures/before': on('campaign', 'read'),
  'GET /api/v1/campaign-comparison': records({ query: '?ids=00000000-0000-7000-8000-000000000001,00000000-0000-7000-8000-000000000002', mayBeMissing: true }),
  'GET /api/v1/portion': records(),
  'GET /api/v1/safe-lines': records(),

  'GET /api/v1/tracking-urls': records(),
  // Without a campaign that one may change it is a fault of the input.
  'POST /api/v1/tracking-urls': { who: 'signedIn', body: {} },
  'GET /api/v1/tracking-urls/:id': on('trackingUrl', 'read'),
  'PATCH /api/v1/tracking-urls/:id': on('trackingUrl', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/tracking-urls/:id': on('trackingUrl', 'delete'),

  'GET /api/v1/mass-emails': records(),
  'POST /api/v1/mass-emails': { who: 'signedIn', body: {} },
  'GET /api/v1/mass-emails/:id': on('massEmail', 'read'),
  'PATCH /api/v1/mass-emails/:id': on('massEmail', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/mass-emails/:id': on('massEmail', 'delete'),
  'POST /api/v1/mass-emails/:id/duplicate': on('massEmail', 'edit'),
  'POST /api/v1/mass-emails/:id/approval': on('massEmail', 'edit', { permission: 'send' }),
  'DELETE /api/v1/mass-emails/:id/approval': on('massEmail', 'edit'),
  'POST /api/v1/mass-emails/:id/approval/approve': on('massEmail', 'edit', { permission: 'send' }),
  'POST /api/v1/mass-emails/:id/approval/refuse': on('massEmail', 'edit', { permission: 'send', body: { reason: 'Not like this' } }),
  'GET /api/v1/mass-emails/:id/audience': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/audience/:verdict': on('massEmail', 'read', { params: { verdict: 'included' } }),
  'GET /api/v1/mass-emails/:id/preflight': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/why': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/forecast': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/progress': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/figures': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/figures/domains': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/figures/links-on-mail': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/figures/entity-types': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/figures/by-field': on('massEmail', 'read', { query: '?field=addressCity' }),
  'GET /api/v1/mass-emails/:id/deliveries': on('massEmail', 'read'),
  'GET /api/v1/mass-emails/:id/deliveries/:deliveryId/message': on('massEmail', 'read', { params: { deliveryId: '1-1' }, mayBeMissing: true }),
  'POST /api/v1/mass-emails/:id/pause': on('massEmail', 'edit'),
  'POST /api/v1/mass-emails/:id/cancel': on('massEmail', 'edit'),
  'POST /api/v1/mass-emails/:id/resume': on('massEmail', 'edit', { permission: 'send' }),
  'POST /api/v1/mass-emails/:id/retry-failed': on('massEmail', 'edit', { permission: 'send' }),
  'POST /api/v1/mass-emails/:id/send-to-new': on('massEmail', 'edit', { permission: 'send' }),
  'POST /api/v1/mass-emails/:id/use-new-version': on('massEmail', 'edit', { permission: 'send' }),
  'POST /api/v1/mass-emails/:id/uncertain': on('massEmail', 'edit', { permission: 'send', body: { action: 'sendAgain' } }),
  'POST /api/v1/mass-emails/:id/send-test': on('massEmail', 'edit', { other: 'contact', body: ({ otherId }) => ({ recipients: [{ entityType: 'Contact', id: otherId }] }) }),

  'GET /api/v1/email-templates': records(),
  'POST /api/v1/email-templates': records({ body: { name: 'New' } }),
  'GET /api/v1/email-templates/:id': on('emailTemplate', 'read'),
  'PATCH /api/v1/email-templates/:id': on('emailTemplate', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/email-templates/:id': on('emailTemplate', 'delete'),
  'POST /api/v1/email-templates/:id/duplicate': on('emailTemplate', 'read'),
  'POST /api/v1/email-templates/:id/render': on('emailTemplate', 'read'),

  'GET /api/v1/reports': records(),
  'GET /api/v1/report-sources': records(),
  'POST /api/v1/reports': records({ body: { entityType: 'Contact', kind: 'list' } }),
  'POST /api/v1/report-preview': records({ body: { entityType: 'Contact', kind: 'grid', groupBy: ['addressCity'] } }),
  'GET /api/v1/reports/:id': on('report', 'read'),
  'PATCH /api/v1/reports/:id': on('report', 'edit', { body: { name: 'New' } }),
  'DELETE /api/v1/reports/:id': on('report', 'delete'),
  'POST /api/v1/reports/:id/duplicate': on('report', 'read'),
  'POST /api/v1/reports/:id/run': on('report', 'read'),
  'POST /api/v1/reports/:id/rows': on('report', 'read'),
  'GET /api/v1/reports/:id/export.csv': on('report', 'read', { permission: 'export' }),
  'GET /api/v1/reports/:id/export.xlsx': on('report', 'read', { permission: 'export' }),
  'GET /api/v1/report-schedules': records(),
  // Without a report that one may read it is a fault of the input.
  'POST /api/v1/report-schedules': { who: 'signedIn', body: {} },
  'GET /api/v1/report-schedules/:id': on('reportSchedule', 'read'),
  'PATCH /api/v1/report-schedules/:id': on('reportSchedule', 'edit', { body: { active: false } }),
  'DELETE /api/v1/report-schedules/:id': on('reportSchedule', 'edit'),
  'POST /api/v1/report-schedules/:id/leave': on('reportSchedule', 'read'),
  'POST /api/v1/report-schedules/:id/send-to-me': on('reportSchedule', 'read'),
  'PUT /api/v1/report-pins': { who: 'signedIn', body: { reportIds: [] } },

  ...all(records(), `
    GET /api/v1/outbound-accounts
    GET /api/v1/outbound-accounts/:id
    GET /api/v1/outbound-accounts/:id/sender-identities
    GET /api/v1/domain-rules
    GET /api/v1/domain-rules/:id
    GET /api/v1/domain-outages
    GET /api/v1/test-groups
    GET /api/v1/test-groups/:id`),
  'POST /api/v1/test-groups': records({ body: { name: 'Readers' } }),
  'PATCH /api/v1/test-groups/:id': records({ body: { name: 'Readers' } }),
  'DELETE /api/v1/test-groups/:id': records(),
  // What came back to mail of a campaign that one may read; to others there is no such message.
  'GET /api/v1/mailbox-messages/:id': { who: 'signedIn' },
}
