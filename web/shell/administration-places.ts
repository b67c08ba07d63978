/** The pages of Administration, each with the one line that says what it is for. */
import { IconBan, IconBellRinging, IconBolt, IconCalendarTime, IconForms, IconHeartRateMonitor, IconHistory, IconKey, IconLayoutList, IconLogin2, IconMailbox, IconMailCog, IconRocket, IconRoute, IconSettings, IconSignature, IconTableOptions, IconTrash, IconShieldCheck, IconTruckDelivery, IconUsers, IconUsersGroup, IconWebhook } from '@tabler/icons-react'
import { paths } from '../paths.ts'
import type { Place } from './navigation.ts'

/** `userManager`: only for users of type Admin, who give rights. */
export type AdministrationPlace = Place & { group: string; about: string; userManager?: boolean }

export const administrationPlaces: AdministrationPlace[] = [
  { group: 'Sending', title: 'Outbound Emails', to: paths.outboundEmails(), icon: IconMailCog, about: 'Limits, window, sender, the SMTP server, tracking and opt-out.', words: 'smtp limit hour' },
  { group: 'Sending', title: 'Outbound accounts', to: paths.outboundAccounts(), icon: IconTruckDelivery, about: 'The ways out for mail: test, limits, warm-up, sender identities.', words: 'smtp weight warm-up oauth provider' },
  { group: 'Sending', title: 'DKIM Keys', to: paths.dkimKeys(), icon: IconSignature, about: 'Keys that sign your mail, and the DNS records that make the signature count.', words: 'signature key dns selector' },
  { group: 'Sending', title: 'Domain rules', to: paths.domainRules(), icon: IconRoute, about: 'How much a recipient domain such as gmail.com gets at most.', words: 'limit throttle outage gmail' },
  { group: 'Sending', title: 'Group Email Accounts', to: paths.groupEmailAccounts(), icon: IconMailbox, about: 'Mailboxes that are read for bounces, complaints and replies.', words: 'imap bounce inbox reply not understood' },
  { group: 'Sending', title: 'Provider Webhooks', to: paths.providerWebhooks(), icon: IconWebhook, about: 'Bounces and complaints as Amazon SES, SendGrid, Postmark and Mailgun tell them.', words: 'ses sns sendgrid postmark mailgun webhook bounce' },
  { group: 'Sending', title: 'Delivery Health', to: paths.deliveryHealth(), icon: IconHeartRateMonitor, about: 'Whether mail can leave and be accepted, and what to mend if not.', words: 'spf dkim dmarc mx ptr check bounce loop scheduler clock disk why not sent' },
  { group: 'Sending', title: 'Alarms', to: paths.alarms(), icon: IconBellRinging, about: 'Who is told, by mail or webhook, when Delivery Health finds trouble that lasts.', words: 'alert notify monitoring trouble' },
  { group: 'Sending', title: 'Scheduled Jobs', to: paths.scheduledJobs(), icon: IconCalendarTime, about: 'Background work: when each job runs, and how its last runs went.', words: 'cron send mass emails' },
  { group: 'Sending', title: 'Suppressions', to: paths.suppressions(), icon: IconBan, about: 'Addresses that are never mailed, and why.', words: 'blocklist opt out invalid' },
  { group: 'Records', title: 'Entity Manager', to: paths.entityTypes(), icon: IconTableOptions, about: 'The kinds of records, their fields, and how they belong together.', words: 'custom entity types fields relationships' },
  { group: 'Records', title: 'Layouts', to: paths.layouts(), icon: IconLayoutList, about: 'What lists, forms, panels and filters show of each entity type.', words: 'columns form fields bottom panels' },
  { group: 'Records', title: 'Bin', to: paths.bin(), icon: IconTrash, about: 'Deleted records of the last 30 days, and what can be undone.', words: 'trash restore undo deleted' },
  { group: 'Records', title: 'Slow Filters', to: paths.slowFilters(), icon: IconBolt, about: 'Fields by which lists are slow to filter or sort, made quick by an index.', words: 'index speed performance sort list' },
  { group: 'Records', title: 'Subscription Forms', to: paths.subscriptionForms(), icon: IconForms, about: 'Pages by which visitors come into target lists, with proof of their consent.', words: 'double opt-in newsletter sign-up consent embed' },
  { group: 'People', title: 'Users', to: paths.users(), icon: IconUsers, about: 'Who may sign in, with which roles.', words: 'password', userManager: true },
  { group: 'People', title: 'Roles', to: paths.roles(), icon: IconShieldCheck, about: 'What their users may do: records, campaigns, sending, exporting.', words: 'rights access permissions', userManager: true },
  { group: 'People', title: 'Teams', to: paths.teams(), icon: IconUsersGroup, about: 'People who share records.', words: 'groups', userManager: true },
  { group: 'People', title: 'Sign-in', to: paths.singleSignOn(), icon: IconLogin2, about: 'Single sign-on by OpenID Connect, who may use a password, and who needs a second factor.', words: '2fa mfa oidc openid sso keycloak okta google entra provider login', userManager: true },
  { group: 'People', title: 'API Keys', to: paths.apiKeys(), icon: IconKey, about: 'Keys for programs: each may do what its user may, or a part of that.', words: 'token developer', userManager: true },
  { group: 'People', title: 'Audit Log', to: paths.auditLog(), icon: IconHistory, about: 'Who changed what, when, from where.', words: 'history' },
  { group: 'System', title: 'First run', to: paths.firstRun(), icon: IconRocket, about: 'The steps from an empty installation to the first campaign, and how far they are.', words: 'set up wizard start onboarding' },
  { group: 'System', title: 'Webhooks', to: paths.webhooks(), icon: IconWebhook, about: 'Where other programs are told what happens here.', words: 'developer events post chat slack outgoing signature' },
  { group: 'System', title: 'Settings', to: paths.generalSettings(), icon: IconSettings, about: 'Company, addresses of this installation, language, time zone, privacy and retention; settings as a file.', words: 'site url postal export import backup' },
]
