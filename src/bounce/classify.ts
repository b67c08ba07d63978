/** One message in, what it is out: bounce, delay notice, complaint, auto-reply, opt-out request, reply or other. No network, no database, no clock. */
import { addressesIn, distinct } from './addresses.ts'
import { isDead } from './causes.ts'
import type { BouncedRecipient, Classification, MailKind } from './classification.ts'
import type { Reported } from './delivery-report.ts'
import { judgeReply, judgeWords, type Judgement } from './judge-reply.ts'
import { kindRules } from './kind-rules.ts'
import { diagnosticLength } from './limits.ts'
import { readMail } from './read-mail.ts'
import { referencesOf } from './references.ts'
import { type Signs, signsOf } from './signs.ts'
import { type Written, writtenRecipients } from './written-report.ts'

/** Never throws, whatever the bytes. Looks at no more than its limits allow (limits.ts). */
export async function classify(raw: Uint8Array): Promise<Classification> {
  const mail = await readMail(raw)
  const signs = signsOf(mail)
  const rule = kindRules.find(({ fits }) => fits(signs))
  const kind = rule?.kind ?? 'other'
  const recipients = recipientsOf(kind, signs)
  return {
    kind, recipients, rule: rule?.name ?? 'no rule', confidence: rule?.confidence ?? 0.5, references: referencesOf(mail),
    feedbackType: mail.feedback?.get('feedback-type')?.[0]?.toLowerCase() ?? null,
    bounce: kind !== 'bounce' ? null : recipients.some(({ bounce }) => bounce === 'hard') ? 'hard' : 'soft',
  }
}

function recipientsOf(kind: MailKind, signs: Signs): BouncedRecipient[] {
  if (kind === 'feedback') return complainers(signs)
  if (kind !== 'bounce' && kind !== 'delayed' && kind !== 'delivered') return []
  const { mail, reported } = signs
  const written = writtenRecipients(mail)
  if (!reported.some(({ address }) => address.includes('@'))) return written.map((each) => recipient(kind, inWords(each, reported), each.words))
  return reported.filter(({ address }) => address !== '').map((each) => {
    const words = written.find(({ address }) => address.toLowerCase() === each.address.toLowerCase())?.words
    return recipient(kind, each, words ?? (reported.length === 1 ? ['', mail.text] : []))
  })
}

/** What a report for people says, as if it had fields; a report with fields but no address may lend it its status. */
const inWords = ({ address, words }: Written, reported: readonly Reported[]): Reported =>
  ({ address, original: null, action: '', status: statusIn(words[1] ?? '') ?? (reported.length === 1 ? reported[0]!.status : null), diagnostic: '' })

/** The words of the refusing server first; those of the report around them only where the former say nothing. */
function recipient(kind: MailKind, reported: Reported, words: string[]): BouncedRecipient {
  const { address, original, action, status, diagnostic } = reported
  const { cause, rule } = judge(reported, words)
  const done = action || (kind === 'delayed' ? 'delayed' : 'failed')
  return {
    address, original, status, action: done, reason: cause, rule,
    diagnostic: (diagnostic || words.find((each) => each.trim() !== '') || '').replace(/\s+/g, ' ').trim().slice(0, diagnosticLength),
    bounce: done !== 'failed' ? null : isDead(cause) ? 'hard' : 'soft',
  }
}

/**
 * The words of the server, then a status that names a dead address, then the words around, in which advice and disclaimers are mixed:
 * of those only a full mailbox outweighs such a status.
 */
function judge({ diagnostic, status }: Reported, [reply = '', ...around]: string[]): Judgement {
  const clear = (saying: string): Judgement | null => {
    const said = judgeWords(saying)
    return said && said.cause !== 'refused' && !isUncertain(said, status) ? said : null
  }
  const byStatus = judgeReply('', status)
  const said = firstOf([diagnostic, reply], clear)
  if (said) return said
  const heard = firstOf(around, clear)
  if (isDead(byStatus.cause) && heard?.cause !== 'mailboxFull') return byStatus
  return heard ?? judgeReply(diagnostic || reply, status)
}

function firstOf<Value>(sayings: string[], judgeOne: (saying: string) => Value | null): Value | null {
  for (const saying of sayings) {
    const judged = judgeOne(saying)
    if (judged) return judged
  }
  return null
}

/** Whoever could not look a domain up for now (a status of 4) may find it tomorrow (RFC 3463 2). */
const isUncertain = ({ cause }: Judgement, status: string | null) => cause === 'hostUnknown' && status?.startsWith('4') === true

/** The first code in the words of a server, for reports without fields. */
const statusIn = (words: string): string | null => /(?:^|[\s(#[:=-])([45]\.\d{1,3}\.\d{1,3})(?=$|[\s)\],;:.-])/.exec(words)?.[1] ?? null

/** RFC 5965 3.2: Original-Rcpt-To; else whom the mail complained of was for. */
function complainers({ mail: { feedback, returned } }: Signs): BouncedRecipient[] {
  const named = [feedback?.get('original-rcpt-to'), feedback?.get('removal-recipient'), returned.get('x-hmxmroriginalrecipient')].flatMap((values) => values ?? [])
  return distinct((named.length > 0 ? named : returned.get('to') ?? []).flatMap(addressesIn)).map((address) =>
    ({ address, original: null, status: null, action: 'complained', reason: 'undefined', diagnostic: '', bounce: null, rule: 'feedback report' }))
}
