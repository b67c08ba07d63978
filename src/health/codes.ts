/** The codes of Delivery Health, as they stand in the API. No database, no I/O: the web reads them too. */

/** In the order of the page: can mail leave, does it arrive in order, is what comes back read, the machine. */
export const checkCodes = [
  'smtp', 'scheduler', 'jobSendMassEmails', 'portion', 'window', 'massEmails',
  'siteUrl', 'publicUrl', 'spf', 'dkim', 'dmarc', 'ptr',
  'bounceMailbox', 'jobCheckGroupEmailAccounts', 'mx', 'bounceLoop',
  'database', 'disk', 'clock',
] as const
export type CheckCode = (typeof checkCodes)[number]

export const levels = ['ok', 'warning', 'error', 'unknown'] as const
export type Level = (typeof levels)[number]
