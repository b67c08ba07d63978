/** What came back, in words a person reads. */
import type { MailboxMessage } from '../../../src/mailbox/contract.ts'

type Finding = MailboxMessage['findings'][number]

export const kindWords: Record<MailboxMessage['kind'], string> = {
  bounce: 'Bounce', delayed: 'Delay notice', delivered: 'Delivery report', feedback: 'Complaint', autoReply: 'Automatic answer', optOut: 'Opt-out request', reply: 'Reply', other: 'Something else',
}

/** The status whose colour a kind shares. */
export const kindStatus: Record<MailboxMessage['kind'], string> = {
  bounce: 'bounced', delayed: 'warning', delivered: 'sent', feedback: 'complained', autoReply: 'skipped', optOut: 'optedOut', reply: 'replied', other: 'unknown',
}

export const outcomeWords: Record<MailboxMessage['outcome'], string> = {
  logged: 'In the log', unverified: 'Without proof', notUnderstood: 'Not understood', ignored: 'Not ours', setAside: 'Set aside',
}

const findingWords: Record<Finding['kind'], string> = {
  hard: 'Hard bounce', soft: 'Soft bounce', delayed: 'Delayed', delivered: 'Delivered', complained: 'Complaint', optedOut: 'Opt-out', replied: 'Reply', autoReply: 'Automatic answer',
}

export const doubtWords: Record<NonNullable<Finding['doubt']>, string> = {
  noToken: 'it does not show our signature, so anybody could have written it',
  testMail: 'it is about a test mail',
  notSent: 'that mail never left',
  tooOld: 'that mail is older than 30 days',
  otherAddress: 'it speaks of another address than the one that was mailed',
}

/** What a message says about one delivery: "Hard bounce without proof: …". */
export const findingInWords = ({ kind, doubt }: Pick<Finding, 'kind' | 'doubt'>): string => `${findingWords[kind]}${doubt ? `, without proof: ${doubtWords[doubt]}` : ''}`

/** `{bounce: 3, other: 1}` → "3 bounces, 1 something else". */
export const foundInWords = (found: Record<string, number>): string =>
  Object.entries(found).map(([kind, count]) => `${count.toLocaleString()} × ${(kindWords[kind as MailboxMessage['kind']] ?? kind).toLowerCase()}`).join(', ') || 'nothing new'

/** The mailbox and folder, or the other door through which a message came. */
export const cameInBy = ({ door, account, folder, webhook }: Partial<Pick<MailboxMessage, 'door' | 'account' | 'folder' | 'webhook'>>): string => {
  if (account) return `${account.name}, ${folder}`
  return webhook?.name ?? (door === 'sandbox' ? 'the Sandbox' : 'the SMTP receiver')
}
