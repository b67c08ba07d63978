/** Every URL of the web, once. */
const withQuery = (path: string, query: Record<string, string | undefined> = {}) => {
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return search.size > 0 ? `${path}?${search}` : path
}

export const paths = {
  home: () => '/',
  signIn: (to?: string) => withQuery('/sign-in', { to }),
  setUp: () => '/set-up',
  secondFactor: (to?: string) => withQuery('/second-factor', { to }),
  forgotPassword: () => '/forgot-password',
  account: () => '/account',
  /** Without a step: the first that is open. */
  firstRun: (step?: string) => (step ? `/first-run/${step}` : '/first-run'),

  campaigns: () => '/campaigns',
  newCampaign: (query?: { targetListId?: string }) => withQuery('/campaigns/new', query),
  campaign: (id: string) => `/campaigns/${id}`,
  compareCampaigns: (ids: readonly string[]) => `/campaigns/compare?ids=${ids.join(',')}`,
  campaignLog: (id: string, query?: { action?: string; massEmailId?: string | undefined; trackingUrlId?: string; machine?: string; test?: string }) => withQuery(`/campaigns/${id}/log`, query),

  massEmails: (query?: { status?: string }) => withQuery('/mass-emails', query),
  newMassEmail: (campaignId?: string) => withQuery('/mass-emails/new', { campaignId }),
  massEmail: (id: string, query?: { deliveries?: string; from?: string }) => withQuery(`/mass-emails/${id}`, query),
  massEmailAudience: (id: string, verdict: string) => `/mass-emails/${id}/audience/${verdict}`,
  massEmailDeliveries: (id: string, query?: { status?: string; reason?: string }) => withQuery(`/mass-emails/${id}/deliveries`, query),
  storedMail: (id: string, deliveryId: string) => `/mass-emails/${id}/deliveries/${deliveryId}`,

  targetLists: () => '/target-lists',
  newTargetList: () => '/target-lists/new',
  targetList: (id: string, query?: { state?: string; source?: string }) => withQuery(`/target-lists/${id}`, query),

  templates: () => '/templates',
  newTemplate: () => '/templates/new',
  template: (id: string, query?: { from?: string }) => withQuery(`/templates/${id}`, query),

  reports: (query?: { category?: string }) => withQuery('/reports', query),
  /** `start`: what the builder begins with, as JSON. */
  newReport: (query?: { start?: string }) => withQuery('/reports/new', query),
  /** `answers`: to its questions, as JSON; `rows`: the group whose rows are open. */
  report: (id: string, query?: { answers?: string; rows?: string }) => withQuery(`/reports/${id}`, query),
  scheduledReports: () => '/reports/scheduled',
  editReport: (id: string) => `/reports/${id}/edit`,

  sandbox: () => '/sandbox',
  sandboxMessage: (id: string) => `/sandbox/${id}`,

  /** `slug` is that of the entity type: contacts, accounts, leads, users or a custom one. */
  records: (slug: string, query?: { filter?: string; q?: string }) => withQuery(`/records/${slug}`, query),
  /** `related`: the record and its relationship that the new one joins; `targetListId`: the list. */
  newRecord: (slug: string, joins?: { slug: string; id: string; related: string } | { targetListId: string }) =>
    withQuery(`/records/${slug}/new`, joins && ('targetListId' in joins ? joins : { related: `${joins.slug}/${joins.id}/${joins.related}` })),
  record: (slug: string, id: string) => `/records/${slug}/${id}`,
  merge: (slug: string, ids: string[]) => `/records/${slug}/merge?ids=${ids.join(',')}`,
  duplicates: (slug: string) => `/records/${slug}/duplicates`,
  bin: (query?: { tab?: string }) => withQuery('/bin', query),
  import: (query?: { entityType?: string; targetListId?: string; from?: string }) => withQuery('/import', query),
  importResult: (id: string, query?: { from?: string | undefined }) => withQuery(`/import/${id}`, query),

  administration: () => '/administration',
  outboundEmails: () => '/administration/outbound-emails',
  outboundAccounts: () => '/administration/outbound-accounts',
  outboundAccount: (id: string) => `/administration/outbound-accounts/${id}`,
  groupEmailAccounts: (query?: { tab?: string }) => withQuery('/administration/group-email-accounts', query),
  newGroupEmailAccount: () => '/administration/group-email-accounts/new',
  groupEmailAccount: (id: string) => `/administration/group-email-accounts/${id}`,
  webhooks: () => '/administration/webhooks',
  webhook: (id: string) => `/administration/webhooks/${id}`,
  alarms: () => '/administration/alarms',
  providerWebhooks: () => '/administration/provider-webhooks',
  subscriptionForms: () => '/administration/subscription-forms',
  subscriptionForm: (id: string, query?: { tab?: string }) => withQuery(`/administration/subscription-forms/${id}`, query),
  mailboxMessage: (id: string) => `/mailbox-messages/${id}`,
  domainRules: () => '/administration/domain-rules',
  dkimKeys: () => '/administration/dkim',
  dkimKey: (id: string) => `/administration/dkim/${id}`,
  generalSettings: () => '/administration/settings',
  scheduledJobs: () => '/administration/scheduled-jobs',
  scheduledJob: (name: string) => `/administration/scheduled-jobs/${name}`,
  entityTypes: () => '/administration/entity-manager',
  newEntityType: () => '/administration/entity-manager/new',
  entityType: (name: string, query?: { tab?: string }) => withQuery(`/administration/entity-manager/${name}`, query),
  layouts: () => '/administration/layouts',
  layout: (entityType: string, kind?: string) => `/administration/layouts/${entityType}${kind ? `/${kind}` : ''}`,
  slowFilters: () => '/administration/slow-filters',
  users: () => '/administration/users',
  /** How a user signs in, and where he is signed in. */
  userSignIn: (id: string) => `/administration/users/${id}`,
  roles: () => '/administration/roles',
  newRole: () => '/administration/roles/new',
  role: (id: string) => `/administration/roles/${id}`,
  singleSignOn: () => '/administration/sign-in',
  teams: () => '/administration/teams',
  apiKeys: (q?: string) => withQuery('/administration/api-keys', { q }),
  suppressions: () => '/administration/suppressions',
  auditLog: () => '/administration/audit-log',
  deliveryHealth: () => '/administration/delivery-health',
}
