/** What notices there are: a code for programs, the levels it comes with, and what it tells, in words. How each one is worded is the business of whoever says it. */

export const noticeLevels = ['info', 'success', 'warning', 'error'] as const
export type NoticeLevel = (typeof noticeLevels)[number]

type About = { title: string; levels: readonly NoticeLevel[] }

const kinds = {
  massEmailComplete: { title: 'A mass email of yours is complete', levels: ['success', 'warning'] },
  massEmailPaused: { title: 'A mass email of yours was paused', levels: ['error', 'warning'] },
  massEmailFailed: { title: 'A mass email of yours failed', levels: ['error'] },
  massEmailWarning: { title: 'People complain about a mass email of yours', levels: ['warning'] },
  massEmailBackToDraft: { title: 'A mass email of yours did not start', levels: ['warning'] },
  massEmailHeld: { title: 'A mass email of yours waits for its target lists', levels: ['error'] },
  massEmailCanceled: { title: 'A mass email of yours was canceled by itself', levels: ['warning'] },
  approvalAsked: { title: 'Somebody asks for your approval of a mass email', levels: ['warning'] },
  approvalGiven: { title: 'A mass email of yours is approved', levels: ['success'] },
  approvalRefused: { title: 'A mass email of yours was not approved', levels: ['warning'] },
  portionUsedUp: { title: 'The portion of the hour is used up, and mail of yours waits', levels: ['info'] },
  importDone: { title: 'An import of yours has ended', levels: ['success', 'warning', 'error'] },
  listSyncStopped: { title: 'A target list could not be brought in step', levels: ['warning', 'error'] },
  scheduledReport: { title: 'A report is not mailed', levels: ['warning', 'error'] },
  accountBroken: { title: 'An outbound account does not take mail', levels: ['error'] },
  accountWorks: { title: 'An outbound account works again', levels: ['success'] },
  mailboxBroken: { title: 'A mailbox cannot be read', levels: ['error'] },
  mailboxWorks: { title: 'A mailbox can be read again', levels: ['success'] },
  domainOutage: { title: 'A receiving domain refuses everybody', levels: ['warning'] },
  jobFailed: { title: 'A scheduled job failed three times in a row', levels: ['error'] },
  jobWorks: { title: 'A scheduled job works again', levels: ['success'] },
  slowFilter: { title: 'A list is slow to filter', levels: ['warning'] },
  indexMade: { title: 'A list is quick again', levels: ['success'] },
} as const satisfies Record<string, About>

export type NoticeKind = keyof typeof kinds
export const noticeKinds = Object.keys(kinds) as [NoticeKind, ...NoticeKind[]]

export const aboutKind: Record<NoticeKind, About> = kinds

/** Something went wrong: whoever it concerns should hear of it wherever he is. */
export const isTrouble = (level: NoticeLevel): boolean => level === 'warning' || level === 'error'
