/** What holds until an administrator says otherwise. Pure: the screens show it beside each setting. */
import type { General, OutboundEmails } from './contract.ts'

export const outboundEmailsDefaults: Omit<OutboundEmails, 'version'> = {
  maxPerHour: 1000, batchSize: null, disableOptOutLink: false, openTracking: false, trackingPermission: 'notRefused',
  verp: false, bounceDomain: '', bounceAddress: '', retryForHours: 24, retryUncertainAfterSeconds: 900, neverTwice: false, honourRemovals: true,
  suppressAfterSoft: null, spread: 'atOnce', window: null, connections: 20, messagesPerConnection: null,
  systemSmtp: { host: null, port: 587, security: 'starttls', username: '', passwordSet: false },
  fromAddress: '', fromName: '',
}

export const generalDefaults: Omit<General, 'version'> = {
  siteUrl: 'http://localhost:8080', publicUrl: '', companyName: '', postalAddress: '', logo: null, language: 'en', timeZone: 'UTC', storeIp: 'full',
  keepLogDetailDays: null, keepRawMailDays: null, keepAuditDays: null, keepNoticesDays: 90,
}
