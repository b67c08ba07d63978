/** Where the thing that an audit entry is about is shown, if it is. */
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'

const places: Record<string, (id: string) => string> = {
  Role: paths.role, Team: paths.teams, ApiKey: () => paths.apiKeys(), AuditLog: paths.auditLog, General: paths.generalSettings, OutboundEmails: () => paths.outboundEmails(), SingleSignOn: paths.singleSignOn,
  ScheduledJob: paths.scheduledJob, GroupEmailAccount: paths.groupEmailAccount, OutboundAccount: paths.outboundAccount, ProviderWebhook: paths.providerWebhooks, DkimKey: paths.dkimKey,
  DomainRule: paths.domainRules, DomainOutage: paths.domainRules, EntityType: () => paths.entityTypes(), Layout: () => paths.layouts(), SlowFilter: paths.slowFilters, SubscriptionForm: (id) => paths.subscriptionForm(id),
  Suppression: () => paths.suppressions(), MailboxMessage: paths.mailboxMessage, Import: paths.importResult, TargetList: (id) => paths.targetList(id), EmailTemplate: paths.template, Campaign: paths.campaign,
  Alarms: paths.alarms, Webhook: paths.webhook, CampaignLog: (id) => paths.campaignLog(id), MassEmail: (id) => paths.massEmail(id), Report: (id) => paths.report(id), Sandbox: paths.sandbox, BounceLoop: () => paths.deliveryHealth(),
}

/** What is there no more has no place: what an entry says was deleted or removed. */
export function placeOf({ action, aboutType, aboutId }: { action: string; aboutType: string; aboutId: string | null }, types: EntityType[]): string | undefined {
  if (/(Deleted|Removed)$/.test(action)) return undefined
  if (action === 'imported' && aboutId) return paths.importResult(aboutId)
  const type = types.find(({ name }) => name === aboutType)
  if (type) return aboutId ? paths.record(type.slug, aboutId) : paths.records(type.slug)
  const place = places[aboutType]
  return place && (aboutId !== null || place.length === 0) ? place(aboutId ?? '') : undefined
}
