/** Reports that only people were meant to read: who was not reached, and the words about each. */
import { addressesAtLineStarts, addressesIn, distinct, isServerAddress } from './addresses.ts'
import { type Fields, first } from './fields.ts'
import { maxRecipients } from './limits.ts'
import { phrases } from './phrases.ts'
import type { Mail } from './read-mail.ts'

/** `words` are said about this recipient, the closest to it first. */
export type Written = { address: string; words: string[] }

/** Where the recipients may stand, the surest place first (Exim, qmail, Exchange 5.5, Yahoo, …, AOL without domains, …). */
export function writtenRecipients(mail: Mail): Written[] {
  const text = afterIntroduction(mail.text)
  const ours = ownAddresses(mail)
  const choices = [
    () => listed(mail.headers, ['x-failed-recipients']),
    () => foreign(addressesAtLineStarts(text), ours),
    () => foreign(addressesIn(text), ours),
    () => foreign(addressesIn(mail.text), ours),
    () => bareNames(text, mail),
    // Somebody who wrote to themselves.
    () => (text === mail.text ? [] : foreign(addressesAtLineStarts(text), new Set())),
    () => foreign(addressesAtLineStarts(text), new Set(listed(mail.headers, ['to']).map(lowerCase))),
    () => foreign(addressesIn(mail.subject), ours),
    () => returnedRecipient(mail.returned),
  ]
  for (const choice of choices) {
    const found = choice()
    if (found.length > 0) return withWords(found.slice(0, maxRecipients), text, mail.text)
  }
  return []
}

/** Sentences after which the recipients are listed. What stands before tells of the sender and the message. */
const introductions: RegExp[] = [
  /did not reach the following recipient\(?s?\)?:?/,
  /following (?:e-?mail )?(?:address(?:\(es\)|es)?|recipients?(?:\(s\))?|persons?|destinations?|users?)[^\n]{0,160}(?:\n[^\n@]{0,80})?[:.]/,
  /(?:following|these|one or more|some)[^\n]{0,60}(?:recipients?|address(?:es)?)[^\n@]{0,80}(?:fail|not (?:be )?delivered|undeliver|problem|error)[^\n@]{0,40}[:.]/,
  /(?:delivery|message|mail)[^\n@]{0,60}(?:failed|not be delivered|undeliverable)[^\n@]{0,40} (?:to|for)(?: the)?(?: following)?[^\n@]{0,40}:/,
  /(?<!-)-{2,40}[^\n]{0,20}(?:failure reasons?|failed (?:addresses|recipients)|addresses had)[^\n]{0,60}/,
]

function afterIntroduction(text: string): string {
  const lower = text.toLowerCase()
  // Rare letters change their length in lower case; then nothing is cut.
  if (lower.length !== text.length) return text
  const ends = introductions.flatMap((introduction) => {
    const match = introduction.exec(lower)
    return match ? [match.index + match[0].length] : []
  })
  return ends.length > 0 ? text.slice(Math.min(...ends)) : text
}

/** Where the report went, and who wrote it: named in many reports, and never the one that failed. */
function ownAddresses({ headers, returned }: Mail): Set<string> {
  const own = listed(headers, ['to', 'from', 'reply-to', 'return-path', 'delivered-to', 'envelope-to', 'x-original-to', 'sender'])
  return new Set([...own, ...listed(returned, ['from', 'return-path', 'sender', 'reply-to'])].map(lowerCase))
}

const lowerCase = (address: string): string => address.toLowerCase()

const foreign = (all: readonly string[], ours: Set<string>): string[] =>
  distinct(all.filter((address) => !ours.has(lowerCase(address)) && !isServerAddress(address)))

const listed = (fields: Fields, names: readonly string[]): string[] =>
  distinct(names.flatMap((name) => fields.get(name) ?? []).flatMap(addressesIn))

/** AOL names its users without a domain. */
function bareNames(text: string, { headers, text: whole }: Mail): string[] {
  const domain = /@([\w.-]+)/.exec(first(headers, 'from'))?.[1]
  if (!domain || text === whole) return []
  return [...text.matchAll(/^[ \t]+([a-z0-9][a-z0-9._-]{2,31})[ \t]*$/gim)].map(([, name]) => `${name}@${domain}`)
}

/** Whom the returned message was for: certain only when it was for one. */
function returnedRecipient(returned: Fields): string[] {
  const to = listed(returned, ['to', 'x-original-to', 'envelope-to'])
  return to.length === 1 ? to : []
}

/** For one recipient everything is said about it; for several what stands between its address and the next, then what stands before all. */
function withWords(addresses: readonly string[], text: string, whole: string): Written[] {
  if (addresses.length === 1) return [{ address: addresses[0]!, words: [repliesAbout(whole, addresses[0]!), text, assertions(whole)] }]
  const lower = text.toLowerCase()
  const placed = addresses.map((address) => ({ address, at: Math.max(0, lower.indexOf(lowerCase(address))) }))
  const starts = placed.map(({ at }) => at)
  return placed.map(({ address, at }) => {
    const next = Math.min(...starts.filter((start) => start > at), text.length)
    return { address, words: [repliesAbout(text, address), text.slice(at, next), text.slice(0, Math.min(...starts))] }
  })
}

/** Without the advice that helpful reports give: "the mailbox may be full, or please check the address". */
const assertions = (text: string): string => text.split(/(?<=[.!?])\s+|\n\s*\n/).filter((sentence) => !advice.test(sentence.toLowerCase())).join('\n\n')

const advice = phrases`\b(please|if (you|the|this|your)|may|might|maybe|could be|possibl[ey]|perhaps|make sure|verify|for example|such as|subject:)(?!\p{L})`

/** Lines with a reply code that name the address, with the lines that continue them. */
function repliesAbout(text: string, address: string): string {
  const lines = text.split('\n')
  const isAbout = (line: string) => replyLine.test(line) && line.toLowerCase().includes(lowerCase(address))
  return lines.flatMap((line, at) => (isAbout(line) ? [[line, ...continuing(lines, at)].join(' ')] : [])).join('\n')
}

const replyLine = /(?:^|[\s:(<'"])[45]\d\d[ -]/

function continuing(lines: string[], at: number): string[] {
  const following = lines.slice(at + 1, at + 5)
  const end = following.findIndex((line) => !/^[ \t]+\S/.test(line))
  return end < 0 ? following : following.slice(0, end)
}
