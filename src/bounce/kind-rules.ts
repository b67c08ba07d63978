/** What kind of message it is, as a table: the first row that fits decides. Certain signs come before likely ones. */
import { isDead } from './causes.ts'
import type { MailKind } from './classification.ts'
import { judgeWords } from './judge-reply.ts'
import { absenceSubjects, absenceWords, answerSubjects, bounceSubjects, bounceWords, challengeWords, optOutLine, willTryOn } from './kind-words.ts'
import type { Signs } from './signs.ts'

export type KindRule = { name: string; kind: MailKind; confidence: number; why: string; fits: (signs: Signs) => boolean }

export const kindRules: readonly KindRule[] = [
  {
    name: 'feedback report', kind: 'feedback', confidence: 1, why: 'RFC 5965: a part message/feedback-report',
    fits: ({ mail }) => mail.feedback !== null,
  },
  {
    name: 'torn feedback report', kind: 'feedback', confidence: 0.9, why: 'RFC 5965: its two required fields, in a text',
    fits: ({ text }) => /^feedback-type: ?[a-z-]+/m.test(text) && /^(?:user-agent|version): /m.test(text),
  },
  {
    name: 'complaint of Outlook.com', kind: 'feedback', confidence: 0.95, why: 'the junk mail reporting programme forwards complaints without RFC 5965',
    fits: ({ mail: { headers, returned }, subject }) =>
      headers.has('x-hmxmroriginalrecipient') || returned.has('x-hmxmroriginalrecipient') || subject.startsWith('complaint about message from'),
  },
  {
    name: 'opt-out by Apple Mail', kind: 'optOut', confidence: 1, why: 'its unsubscribe button answers List-Unsubscribe mailto (RFC 2369)',
    fits: ({ header }) => header('x-apple-unsubscribe') === 'true',
  },
  {
    name: 'challenge', kind: 'autoReply', confidence: 0.9, why: 'a machine that delivers once the sender has confirmed: no failure yet, even in the form of RFC 3464',
    fits: ({ reported }) => reported.length > 0 && reported.every(({ diagnostic }) => challengeWords.test(diagnostic.toLowerCase())),
  },
  {
    name: 'report of a failure', kind: 'bounce', confidence: 1, why: 'RFC 3464 2.3.3: Action failed',
    fits: ({ reported }) => reported.some(({ action }) => action === 'failed'),
  },
  {
    name: 'report of a delay', kind: 'delayed', confidence: 1, why: 'RFC 3464 2.3.3: Action delayed',
    fits: ({ reported }) => reported.some(({ action }) => action === 'delayed'),
  },
  {
    name: 'report of success', kind: 'delivered', confidence: 1, why: 'RFC 3464 2.3.3: Action delivered, relayed, expanded',
    fits: ({ reported }) => reported.length > 0 && reported.every(({ action, status }) => (action === '' ? status?.startsWith('2') : arrived.includes(action))),
  },
  {
    name: 'report without an action', kind: 'bounce', confidence: 0.95, why: 'RFC 3464 wants an action; a status of 4 or 5 tells it too',
    fits: ({ reported }) => reported.some(({ status }) => status !== null),
  },
  {
    name: 'notification of Exchange or Exim', kind: 'bounce', confidence: 0.95, why: 'only reports of failure carry these fields',
    fits: ({ header }) => header('x-failed-recipients') !== '',
  },
  {
    name: 'mailing list takes mail from members only', kind: 'bounce', confidence: 0.8, why: 'list servers name themselves in X-MLServer',
    fits: ({ header, subject, text }) => header('x-mlserver') !== '' && /not (?:a )?member/.test(`${subject} ${text}`),
  },
  {
    name: 'answer of a machine by header', kind: 'autoReply', confidence: 0.95, why: 'RFC 3834 and the older fields of vacation programs',
    fits: (signs) => saysAutoReply(signs) && !looksLikeBounce(signs),
  },
  {
    name: 'out of office by subject', kind: 'autoReply', confidence: 0.9, why: 'the subjects that mail programs write',
    fits: ({ subject }) => absenceSubjects.test(subject) && !bounceSubjects.test(subject),
  },
  {
    name: 'delay notice', kind: 'delayed', confidence: 0.8, why: 'a server that will go on trying',
    fits: (signs) => looksLikeBounce(signs) && willTryOn.test(`${signs.subject}\n${signs.text.slice(0, 4_000)}`),
  },
  { name: 'report in words', kind: 'bounce', confidence: 0.9, why: 'from a server, with the words of a report', fits: looksLikeBounce },
  {
    name: 'disposition notification', kind: 'autoReply', confidence: 0.9, why: 'RFC 8098: a program tells that a mail was shown or deleted',
    fits: ({ mail }) => mail.disposition,
  },
  {
    name: 'out of office in words', kind: 'autoReply', confidence: 0.7, why: 'the first words of an absence note',
    fits: ({ text, nullSender, header }) => absenceWords.test(text.slice(0, 2_000)) && (nullSender || header('auto-submitted') !== '' || header('precedence') !== ''),
  },
  {
    name: 'asks to be taken off', kind: 'optOut', confidence: 0.8, why: 'the word alone, as subject or first line (RFC 2369 mailto, or by hand)',
    fits: ({ subject, text }) => optOutLine.test(subject) || optOutLine.test(firstLine(text)),
  },
  {
    name: 'answers a message', kind: 'reply', confidence: 0.8, why: 'RFC 5322 3.6.4: In-Reply-To or References',
    fits: ({ header }) => header('in-reply-to') !== '' || header('references') !== '',
  },
  {
    name: 'subject of an answer', kind: 'reply', confidence: 0.6, why: 'RFC 5322 3.6.5, and what other languages made of it',
    fits: ({ subject }) => answerSubjects.test(subject),
  },
]

const arrived = ['delivered', 'relayed', 'expanded']

/** RFC 3834 5.1; an answer that was only generated (2) is the answer of a ticket system. */
function saysAutoReply({ header }: Signs): boolean {
  const submitted = header('auto-submitted').toLowerCase()
  const answers = header('in-reply-to') !== '' && header('list-id') === ''
  return /^auto-(?:replied|notified)/.test(submitted) || (answers && submitted.startsWith('auto-'))
    || autoFields.some((name) => !/^(?:no|none|false|)$/i.test(header(name))) || /auto_?-?reply|auto-?respon/i.test(header('precedence'))
    || /vacation|autorespond|auto-?reply/i.test(`${header('x-mailer')} ${header('x-apple-action')} ${header('delivered-to')}`)
}

/** What vacation programs wrote before RFC 3834, and after. */
const autoFields = [
  'x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-auto-response', 'x-mail-autoreply', 'x-autoreply-from', 'x-autogenerated-reply', 'x-autoresponder',
  'x-vacation', 'x-ms-inbox-rules-loop',
]

const firstLine = (text: string): string => text.trimStart().split('\n', 1)[0]!

/** The words of a refusal, for those that answer with nothing else. */
function certainWords(text: string): boolean {
  const cause = judgeWords(text.slice(0, 500))?.cause
  return cause !== undefined && (isDead(cause) || cause === 'mailboxFull')
}

function looksLikeBounce({ fromServer, nullSender, subject, text, header }: Signs): boolean {
  const words = bounceWords.test(text)
  const title = bounceSubjects.test(subject)
  // People write about bounces, too, and in answers.
  const isAnswer = header('in-reply-to') !== '' || answerSubjects.test(subject)
  return (fromServer && (title || words)) || (title && words && !isAnswer) || (nullSender && !absenceSubjects.test(subject) && (words || certainWords(text)))
}
