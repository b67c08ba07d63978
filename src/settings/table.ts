/** Every setting by name: what it is called, what it does, on which screen it stands. Screens and search read this table; a test holds it complete. */

export const settingGroups = ['general', 'outboundEmails'] as const
export type SettingGroup = (typeof settingGroups)[number]

/** `words` are found too, though nobody reads them. `noDefault`: every installation has its own, and differing from the first value says nothing. */
export type Setting = { group: SettingGroup; key: string; title: string; about: string; words?: string; secret?: true; noDefault?: true }

const general = (key: string, title: string, about: string, more: Partial<Setting> = {}): Setting => ({ group: 'general', key, title, about, ...more })
const outbound = (key: string, title: string, about: string, more: Partial<Setting> = {}): Setting => ({ group: 'outboundEmails', key, title, about, ...more })

export const settings: readonly Setting[] = [
  general('companyName', 'Company name', 'Stands on public pages and at the foot of mail, and is the sender where no other name is given.', { noDefault: true, words: 'organisation brand' }),
  general('postalAddress', 'Postal address', 'Stands at the foot of every mass email, as the law asks in most countries.', { noDefault: true, words: 'can-spam footer imprint' }),
  general('logo', 'Logo', 'A PNG or JPEG picture of at most 200 kB. Stands on public pages, on the sign-in page and in mail with reports.', { noDefault: true, words: 'image picture brand' }),
  general('siteUrl', 'Site URL', 'Where you and your colleagues open Tidings.', { noDefault: true, words: 'address domain' }),
  general('publicUrl', 'Public URL', 'Where links in your mail lead. Must be reachable for every recipient. Empty: the Site URL.', { noDefault: true, words: 'links tracking address domain' }),
  general('language', 'Language of public pages', 'Spoken where a reader’s browser asks for none that Tidings knows, and in mail that Tidings itself writes to readers.', { words: 'translation system mail german french' }),
  general('timeZone', 'Time zone', 'Decides what “today” and “this month” mean in filters, and when jobs and scheduled reports run.', { words: 'clock hours' }),
  general('storeIp', 'Kept of an IP address', 'Of readers in proofs of consent and opt-out, of colleagues in sessions and the audit log. What was written before stays as it is.', { words: 'privacy gdpr anonymise' }),
  general('keepLogDetailDays', 'Detail of the campaign log (days)', 'Servers’ replies, quoted words and marks of visitors are taken out of older entries. The entries stay: figures are counted from them. Empty: kept for ever.', { words: 'retention privacy gdpr delete' }),
  general('keepRawMailDays', 'Whole messages (days)', 'Stored sent emails, returned mail and what the Sandbox captured are deleted when they are older. Empty: kept for ever.', { words: 'retention privacy gdpr raw mail delete' }),
  general('keepAuditDays', 'Audit log and history of settings (days)', 'Older entries are deleted. Empty: kept for ever.', { words: 'retention privacy gdpr delete' }),
  general('keepNoticesDays', 'Notices (days)', 'Older ones are deleted; a fault that lasts stays. Empty: kept for ever.', { words: 'retention bell delete' }),

  outbound('maxPerHour', 'Most mass emails in an hour', 'Over any 60 minutes, counted together. Empty: no limit.', { words: 'portion limit throttle max emails per hour' }),
  outbound('batchSize', 'Most of one mass email per run', 'How many one run of Send Mass Emails lets go. Empty: all.', { words: 'batch size portion' }),
  outbound('spread', 'Within the hour', 'As fast as the server takes them until the hour’s portion is used up, or evenly over the hour.', { words: 'spread evenly pace' }),
  outbound('window', 'Only in a window of the week', 'Outside it, mass emails wait.', { words: 'hours days weekend night' }),
  outbound('fromAddress', 'From address', 'Used when a mass email names none.', { noDefault: true, words: 'sender system' }),
  outbound('fromName', 'From name', 'What readers see as the sender.', { noDefault: true, words: 'sender system' }),
  outbound('bounceAddress', 'Bounce address', 'Where mail that cannot be delivered returns to. Empty: the From address.', { noDefault: true, words: 'return path envelope' }),
  outbound('bounceDomain', 'Bounce domain', 'For return addresses of their own. Its mail must reach a mailbox that Tidings reads.', { noDefault: true, words: 'return path verp mx' }),
  outbound('verp', 'A return address for each message (VERP)', 'A bounce then names its message by itself. Needs the bounce domain or an address that takes +suffixes.', { words: 'return path' }),
  outbound('systemSmtp.host', 'Host', 'The server that carries your mail. Empty: the Sandbox.', { noDefault: true, words: 'smtp server system account' }),
  outbound('systemSmtp.port', 'Port', 'Usually 587.', { words: 'smtp' }),
  outbound('systemSmtp.security', 'Security', 'How the connection is encrypted. “None” only on a trusted network.', { words: 'smtp tls starttls ssl' }),
  outbound('systemSmtp.username', 'User name', 'As the server knows you. Empty: no sign-in.', { noDefault: true, words: 'smtp login' }),
  outbound('systemSmtp.password', 'Password', 'Never shown again. Asked for anew when host or user name change.', { secret: true, words: 'smtp login' }),
  outbound('disableOptOutLink', 'Do not add an opt-out link', 'Otherwise one is added to every message whose template has none. Leave this off unless your templates see to it.', { words: 'unsubscribe mandatory' }),
  outbound('openTracking', 'Track opens', 'Adds an invisible picture. Many readers’ programs load it unseen, so figures are rough.', { words: 'pixel tracking' }),
  outbound('trackingPermission', 'Whose opens and clicks are recorded', 'Of everybody else links work, and nothing is written down.', { words: 'tracking consent privacy' }),
  outbound('honourRemovals', 'Respect removals while sending', 'Whoever leaves a target list while a mass email is under way is skipped.', { words: 'target list' }),
  outbound('suppressAfterSoft', 'Stop after repeated soft bounces', 'A full mailbox passes; one that is always full is dead.', { words: 'suppression bounce' }),
  outbound('retryForHours', 'Keep trying for (hours)', 'When the server says “later”.', { words: 'retry time' }),
  outbound('retryUncertainAfterSeconds', 'Wait with an uncertain message (seconds)', 'The connection was lost after the last byte: nobody knows whether it left. After this wait it is sent again.', { words: 'retry twice' }),
  outbound('connections', 'Connections at once', 'How many messages are on their way side by side.', { words: 'smtp parallel' }),
  outbound('messagesPerConnection', 'Messages over one connection', 'Empty: as many as the server takes.', { words: 'smtp reconnect' }),
  outbound('neverTwice', 'Never send an uncertain message again by itself', 'Rather one person without the message than one with two. You decide each in its mass email.', { words: 'retry duplicate' }),
]

export const settingsOf = (group: SettingGroup): readonly Setting[] => settings.filter((setting) => setting.group === group)

/** `systemSmtp.host` of `{ systemSmtp: { host } }`. */
export const valueAt = (values: object, key: string): unknown =>
  key.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], values)
