/** The checks of Delivery Health by the question that they answer, and where each is mended. */
import type { DeliveryHealth } from '../../../src/health/contract.ts'
import { paths } from '../../paths.ts'

export type HealthCheck = DeliveryHealth['checks'][number]
type Code = HealthCheck['code']

export const groups: { title: string; codes: Code[] }[] = [
  { title: 'Can mail leave?', codes: ['smtp', 'scheduler', 'jobSendMassEmails', 'portion', 'window', 'massEmails'] },
  { title: 'Does it arrive in order?', codes: ['siteUrl', 'publicUrl', 'spf', 'dkim', 'dmarc', 'ptr'] },
  { title: 'Does what comes back get read?', codes: ['bounceMailbox', 'jobCheckGroupEmailAccounts', 'mx', 'bounceLoop'] },
  { title: 'The machine', codes: ['database', 'disk', 'clock'] },
]

/** The screen where it is mended; nowhere in Tidings for the machine and for DNS. */
export const mendedAt: Partial<Record<Code, { to: string; title: string }>> = {
  smtp: { to: paths.outboundEmails(), title: 'Outbound Emails' },
  scheduler: { to: paths.scheduledJobs(), title: 'Scheduled Jobs' },
  jobSendMassEmails: { to: paths.scheduledJob('send-mass-emails'), title: 'the job' },
  jobCheckGroupEmailAccounts: { to: paths.scheduledJob('check-group-email-accounts'), title: 'the job' },
  portion: { to: paths.outboundEmails(), title: 'Outbound Emails' },
  window: { to: paths.outboundEmails(), title: 'Outbound Emails' },
  massEmails: { to: paths.massEmails(), title: 'mass emails' },
  siteUrl: { to: paths.generalSettings(), title: 'Settings' },
  publicUrl: { to: paths.generalSettings(), title: 'Settings' },
  spf: { to: paths.outboundAccounts(), title: 'Outbound accounts' },
  dkim: { to: paths.dkimKeys(), title: 'DKIM Keys' },
  bounceMailbox: { to: paths.groupEmailAccounts(), title: 'Group Email Accounts' },
  bounceLoop: { to: paths.groupEmailAccounts({ tab: 'all' }), title: 'all that came back' },
}
