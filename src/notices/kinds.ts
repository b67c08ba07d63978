/** What notices there are: a code for programs. How each is worded is the business of whoever says it. */

export const noticeKinds = [
  'accountBroken', 'accountWorks', 'mailboxBroken', 'mailboxWorks', 'domainOutage',
  'massEmailPaused', 'massEmailWarning', 'massEmailComplete', 'massEmailFailed', 'massEmailBackToDraft', 'massEmailCanceled', 'massEmailHeld',
  'listSyncStopped', 'scheduledReport',
  'slowFilter', 'indexMade',
  'jobFailed', 'jobWorks',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const noticeLevels = ['info', 'success', 'warning', 'error'] as const
export type NoticeLevel = (typeof noticeLevels)[number]
