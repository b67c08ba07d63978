/** The whole map: which address shows which screen. Screens load when they are first needed. */
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { BrokenScreen, LostScreen } from './shell/LostScreen.tsx'
import { Root } from './shell/Root.tsx'
import { Shell } from './shell/Shell.tsx'

const screen = (path: string, load: () => Promise<ComponentType>): RouteObject => ({
  path, errorElement: <BrokenScreen />, lazy: async () => ({ Component: await load() }),
})

const signedIn: RouteObject[] = [
  screen('/', async () => (await import('./screens/home/HomeScreen.tsx')).HomeScreen),
  screen('/account', async () => (await import('./screens/account/AccountScreen.tsx')).AccountScreen),
  screen('/first-run', async () => (await import('./screens/first-run/FirstRunScreen.tsx')).FirstRunScreen),
  screen('/first-run/:step', async () => (await import('./screens/first-run/FirstRunScreen.tsx')).FirstRunScreen),

  screen('/records/:slug', async () => (await import('./screens/records/RecordsScreen.tsx')).RecordsScreen),
  screen('/records/:slug/new', async () => (await import('./screens/records/NewRecordScreen.tsx')).NewRecordScreen),
  screen('/records/:slug/merge', async () => (await import('./screens/duplicates/MergeScreen.tsx')).MergeScreen),
  screen('/records/:slug/duplicates', async () => (await import('./screens/duplicates/DuplicatesScreen.tsx')).DuplicatesScreen),
  screen('/records/:slug/:id', async () => (await import('./screens/records/RecordScreen.tsx')).RecordScreen),
  screen('/bin', async () => (await import('./screens/bin/BinScreen.tsx')).BinScreen),
  screen('/import', async () => (await import('./screens/exchange/ImportScreen.tsx')).ImportScreen),
  screen('/import/:id', async () => (await import('./screens/exchange/ImportResultScreen.tsx')).ImportResultScreen),

  screen('/administration', async () => (await import('./screens/administration/AdministrationScreen.tsx')).AdministrationScreen),
  screen('/administration/outbound-emails', async () => (await import('./screens/settings/OutboundEmailsScreen.tsx')).OutboundEmailsScreen),
  screen('/administration/outbound-accounts', async () => (await import('./screens/outbound/OutboundAccountsScreen.tsx')).OutboundAccountsScreen),
  screen('/administration/outbound-accounts/:id', async () => (await import('./screens/outbound/OutboundAccountScreen.tsx')).OutboundAccountScreen),
  screen('/administration/domain-rules', async () => (await import('./screens/pace/DomainRulesScreen.tsx')).DomainRulesScreen),
  screen('/administration/dkim', async () => (await import('./screens/signing/DkimKeysScreen.tsx')).DkimKeysScreen),
  screen('/administration/dkim/:id', async () => (await import('./screens/signing/DkimKeyScreen.tsx')).DkimKeyScreen),
  screen('/administration/group-email-accounts', async () => (await import('./screens/mailbox/GroupEmailAccountsScreen.tsx')).GroupEmailAccountsScreen),
  screen('/administration/group-email-accounts/new', async () => (await import('./screens/mailbox/GroupEmailAccountScreen.tsx')).NewGroupEmailAccountScreen),
  screen('/administration/group-email-accounts/:id', async () => (await import('./screens/mailbox/GroupEmailAccountScreen.tsx')).GroupEmailAccountScreen),
  screen('/administration/slow-filters', async () => (await import('./screens/slow-filters/SlowFiltersScreen.tsx')).SlowFiltersScreen),
  screen('/administration/webhooks', async () => (await import('./screens/webhooks/WebhooksScreen.tsx')).WebhooksScreen),
  screen('/administration/webhooks/:id', async () => (await import('./screens/webhooks/WebhookScreen.tsx')).WebhookScreen),
  screen('/administration/alarms', async () => (await import('./screens/alarms/AlarmsScreen.tsx')).AlarmsScreen),
  screen('/administration/provider-webhooks', async () => (await import('./screens/provider-webhooks/ProviderWebhooksScreen.tsx')).ProviderWebhooksScreen),
  screen('/administration/subscription-forms', async () => (await import('./screens/forms/SubscriptionFormsScreen.tsx')).SubscriptionFormsScreen),
  screen('/administration/subscription-forms/:id', async () => (await import('./screens/forms/SubscriptionFormScreen.tsx')).SubscriptionFormScreen),
  screen('/mailbox-messages/:id', async () => (await import('./screens/mailbox/MailboxMessageScreen.tsx')).MailboxMessageScreen),
  screen('/administration/settings', async () => (await import('./screens/settings/GeneralSettingsScreen.tsx')).GeneralSettingsScreen),
  screen('/administration/scheduled-jobs', async () => (await import('./screens/jobs/ScheduledJobsScreen.tsx')).ScheduledJobsScreen),
  screen('/administration/scheduled-jobs/:name', async () => (await import('./screens/jobs/ScheduledJobScreen.tsx')).ScheduledJobScreen),
  screen('/administration/entity-manager', async () => (await import('./screens/entity-manager/EntityTypesScreen.tsx')).EntityTypesScreen),
  screen('/administration/entity-manager/new', async () => (await import('./screens/entity-manager/NewEntityTypeScreen.tsx')).NewEntityTypeScreen),
  screen('/administration/entity-manager/:name', async () => (await import('./screens/entity-manager/EntityTypeScreen.tsx')).EntityTypeScreen),
  screen('/administration/layouts', async () => (await import('./screens/layouts/LayoutScreen.tsx')).LayoutScreen),
  screen('/administration/layouts/:entityType', async () => (await import('./screens/layouts/LayoutScreen.tsx')).LayoutScreen),
  screen('/administration/layouts/:entityType/:kind', async () => (await import('./screens/layouts/LayoutScreen.tsx')).LayoutScreen),
  screen('/administration/users', async () => (await import('./screens/access/UsersScreen.tsx')).UsersScreen),
  screen('/administration/users/:id', async () => (await import('./screens/access/UserSignInScreen.tsx')).UserSignInScreen),
  screen('/administration/roles', async () => (await import('./screens/access/RolesScreen.tsx')).RolesScreen),
  screen('/administration/roles/new', async () => (await import('./screens/access/RoleScreen.tsx')).NewRoleScreen),
  screen('/administration/roles/:id', async () => (await import('./screens/access/RoleScreen.tsx')).RoleScreen),
  screen('/administration/teams', async () => (await import('./screens/access/TeamsScreen.tsx')).TeamsScreen),
  screen('/administration/sign-in', async () => (await import('./screens/single-sign-on/SingleSignOnScreen.tsx')).SingleSignOnScreen),
  screen('/administration/api-keys', async () => (await import('./screens/access/ApiKeysScreen.tsx')).ApiKeysScreen),
  screen('/administration/suppressions', async () => (await import('./screens/audience/SuppressionsScreen.tsx')).SuppressionsScreen),
  screen('/administration/delivery-health', async () => (await import('./screens/health/DeliveryHealthScreen.tsx')).DeliveryHealthScreen),
  screen('/administration/audit-log', async () => (await import('./screens/access/AuditLogScreen.tsx')).AuditLogScreen),

  screen('/campaigns', async () => (await import('./screens/campaigns/CampaignsScreen.tsx')).CampaignsScreen),
  screen('/campaigns/new', async () => (await import('./screens/campaigns/NewCampaignScreen.tsx')).NewCampaignScreen),
  screen('/campaigns/compare', async () => (await import('./screens/campaigns/CompareScreen.tsx')).CompareScreen),
  screen('/campaigns/:id', async () => (await import('./screens/campaigns/CampaignScreen.tsx')).CampaignScreen),
  screen('/campaigns/:id/log', async () => (await import('./screens/campaigns/CampaignLogScreen.tsx')).CampaignLogScreen),

  screen('/mass-emails', async () => (await import('./screens/mass-emails/MassEmailsScreen.tsx')).MassEmailsScreen),
  screen('/mass-emails/new', async () => (await import('./screens/mass-emails/NewMassEmailScreen.tsx')).NewMassEmailScreen),
  screen('/mass-emails/:id', async () => (await import('./screens/mass-emails/MassEmailScreen.tsx')).MassEmailScreen),
  screen('/mass-emails/:id/deliveries', async () => (await import('./screens/mass-emails/DeliveriesScreen.tsx')).DeliveriesScreen),
  screen('/mass-emails/:id/deliveries/:deliveryId', async () => (await import('./screens/mass-emails/StoredMailScreen.tsx')).StoredMailScreen),
  screen('/mass-emails/:id/audience/:verdict', async () => (await import('./screens/mass-emails/AudienceScreen.tsx')).AudienceScreen),

  screen('/target-lists', async () => (await import('./screens/target-lists/TargetListsScreen.tsx')).TargetListsScreen),
  screen('/target-lists/new', async () => (await import('./screens/target-lists/NewTargetListScreen.tsx')).NewTargetListScreen),
  screen('/target-lists/:id', async () => (await import('./screens/target-lists/TargetListScreen.tsx')).TargetListScreen),

  screen('/templates', async () => (await import('./screens/templates/TemplatesScreen.tsx')).TemplatesScreen),
  screen('/templates/new', async () => (await import('./screens/templates/NewTemplateScreen.tsx')).NewTemplateScreen),
  screen('/templates/:id', async () => (await import('./screens/templates/TemplateScreen.tsx')).TemplateScreen),

  screen('/reports', async () => (await import('./screens/reports/ReportsScreen.tsx')).ReportsScreen),
  screen('/reports/new', async () => (await import('./screens/reports/BuilderScreen.tsx')).NewReportScreen),
  screen('/reports/scheduled', async () => (await import('./screens/reports/ScheduledReportsScreen.tsx')).ScheduledReportsScreen),
  screen('/reports/:id', async () => (await import('./screens/reports/ReportScreen.tsx')).ReportScreen),
  screen('/reports/:id/edit', async () => (await import('./screens/reports/BuilderScreen.tsx')).EditReportScreen),

  screen('/sandbox', async () => (await import('./screens/sandbox/SandboxScreen.tsx')).SandboxScreen),
  screen('/sandbox/:id', async () => (await import('./screens/sandbox/SandboxMessageScreen.tsx')).SandboxMessageScreen),

  { path: '*', element: <LostScreen /> },
]

export const routes: RouteObject[] = [{
  element: <Root />,
  errorElement: <BrokenScreen />,
  hydrateFallbackElement: <></>,
  children: [
    screen('/sign-in', async () => (await import('./screens/access/SignInScreen.tsx')).SignInScreen),
    screen('/second-factor', async () => (await import('./screens/access/SecondFactorScreen.tsx')).SecondFactorScreen),
    screen('/set-up', async () => (await import('./screens/access/SetUpScreen.tsx')).SetUpScreen),
    screen('/forgot-password', async () => (await import('./screens/invitations/ForgotPasswordScreen.tsx')).ForgotPasswordScreen),
    screen('/reset-password', async () => (await import('./screens/invitations/ResetPasswordScreen.tsx')).ResetPasswordScreen),
    screen('/invitation', async () => (await import('./screens/invitations/InvitationScreen.tsx')).InvitationScreen),
    { element: <Shell />, children: signedIn },
  ],
}]
