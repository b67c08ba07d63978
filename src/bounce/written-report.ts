/** Reports that only people were meant to read: who was not reached, and the words about each (Exim, qmail, Lotus, Exchange 5.5, Yahoo and many others). */
import { addressesAtLineStarts, addressesIn, distinct, type Found, isServerAddress } from './addresses.ts'
import { type Fields, first } from './fields.ts'
import { maxRecipients } from './limits.ts'
import type { Mail } from './read-mail.ts'

/** `words` are said about this recipient, the closest to it first. */
export type Written = { address: string; words: string[] }

/** Sentences after which the recipients are listed. What stands before tells of the sender and the message. */
const introductions: RegExp[] = [
  /did not reach the following recipient\(?s?\)?:?/i,
  /(?:the )?following (?:e-?mail )?(?:address(?:\(es\)|es)?|recipients?(?:\(s\))?|recipient\(s\)|persons?|destinations?|users?)[^\n]{0,160}(?:\n[^\n@]{0,80})?[:.]/i,
  /(?:following|these|one or more|some)[^\n]{0,60}(?:recipients?|address(?:es)?)[^\n@]{0,80}(?:failed|not be delivered|not delivered|undeliverable|problems?|errors?)[^\n@]{0,40}[:.]/i,
  /(?:delivery|message|mail)[^\n@]{0,60}(?:failed|not be delivered|undeliverable)[^\n@]{0,40} (?:to|for)(?: the)?(?: following)?[^\n@]{0,40}:/i,
  /(?<!-)-{2,40}[^\n]{0,20}(?:failure reasons?|failed (?:addresses|recipients)|addresses had)[^\n]{0,60}/i,
]

export function writtenRecipients(mail: Mail): Written[] {
  const text = afterIntroduction(mail.text)
  const ours = ownAddresses(mail)
  const choices = [
    () => listed(mail.headers, 'x-failed-recipients'),
    () => foreign(addressesAtLineStarts(text), ours),
    () => foreign(addressesIn(text), ours),
    () => foreign(addressesIn(mail.text), ours),
    () => bareNames(text, mail),
    () => (text === mail.text ? [] : foreign(addressesAtLineStarts(text), new Set())),
    () => foreign(addressesAtLineStarts(text), new Set(addressesIn(first(mail.headers, 'to')).map(({ address }) => address.toLowerCase()))),
    () => foreign(addressesIn(mail.subject), ours),
    () => returnedRecipient(mail.returned),
  ]
  for (const choice of choices) {
    const found = choice()
    if (found.length > 0) return withWords(found.slice(0, maxRecipients), text, mail.text)
  }
  return []
}

function afterIntroduction(text: string): string {
  const ends = introductions.map((introduction) => introduction.exec(text)).filter((match) => match !== null).map((match) => match.index + match[0].length)
  return ends.length > 0 ? text.slice(Math.min(...ends)) : text
}

/** Where the report went, and who wrote it: named in many reports, and never the one that failed. */
function ownAddresses({ headers, returned }: Mail): Set<string> {
  const own = ['to', 'from', 'reply-to', 'return-path', 'delivered-to', 'envelope-to', 'x-original-to', 'sender'].flatMap((name) => headers.get(name) ?? [])
  const sender = ['from', 'return-path', 'sender', 'reply-to'].flatMap((name) => returned.get(name) ?? [])
  return new Set([...own, ...sender].flatMap(addressesIn).map(({ address }) => address.toLowerCase()))
}

const foreign = (all: Found[], ours: Set<string>): Found[] =>
  distinct(all.filter(({ address }) => !ours.has(address.toLowerCase()) && !isServerAddress(address)))

const listed = (headers: Fields, name: string): Found[] => distinct(addressesIn((headers.get(name) ?? []).join(', ')))

/** AOL names its users without a domain. */
function bareNames(text: string, { headers, text: whole }: Mail): Found[] {
  const domain = /@([\w.-]+)/.exec(first(headers, 'from'))?.[1]
  if (!domain || text === whole) return []
  return [...text.matchAll(/^[ \t]+([a-z0-9][a-z0-9._-]{2,31})[ \t]*$/gim)].map((match) => ({ address: `${match[1]}@${domain}`, at: match.index }))
}

/** Whom the returned message was for: certain only when it was for one. */
function returnedRecipient(returned: Fields): Found[] {
  const to = distinct(addressesIn(['to', 'x-original-to', 'envelope-to'].flatMap((name) => returned.get(name) ?? []).join(', ')))
  return to.length === 1 ? to : []
}

/** For one recipient everything is said about it; for several what stands between its address and the next, then what stands before all. */
function withWords(found: Found[], text: string, whole: string): Written[] {
  if (found.length === 1) return [{ address: found[0]!.address, words: [repliesAbout(whole, found[0]!.address), text, assertions(whole)] }]
  const lower = text.toLowerCase()
  const placed = found.map(({ address }) => ({ address, at: Math.max(0, lower.indexOf(address.toLowerCase())) }))
  const before = text.slice(0, Math.min(...placed.map(({ at }) => at)))
  return placed.map(({ address, at }) => {
    const next = Math.min(...placed.map((other) => other.at).filter((other) => other > at), text.length)
    return { address, words: [repliesAbout(text, address), text.slice(at, next), before] }
  })
}

/** Without the advice that helpful reports give: "the mailbox may be full, or please check the address". */
const assertions = (text: string): string =>
  text.split(/(?<=[.!?])\s+|\n\s*\n/).filter((sentence) => !/\b(?:please|if (?:you|the|this|your)|may|might|maybe|could be|possibl[ey]|perhaps|make sure|verify|for example|such as|subject:)\b/i.test(sentence)).join('\n\n')

/** Lines with a reply code that name the address, with the lines that continue them. */
function repliesAbout(text: string, address: string): string {
  const lines = text.split('\n')
  const named = lines.flatMap((line, at) => (replyLine.test(line) && line.toLowerCase().includes(address.toLowerCase()) ? [[line, ...continuing(lines, at)].join(' ')] : []))
  return named.join('\n')
}

const replyLine = /(?:^|[\s:(<'"])[45]\d\d[ -]/

function continuing(lines: string[], at: number): string[] {
  const following = lines.slice(at + 1, at + 5)
  const end = following.findIndex((line) => !/^[ \t]+\S/.test(line))
  return end < 0 ? following : following.slice(0, end)
}
