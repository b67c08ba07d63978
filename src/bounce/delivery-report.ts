/** The machine-readable report of RFC 3464 and RFC 6533: one group of fields a recipient. */
import { type Fields, first, parseGroups } from './fields.ts'
import { maxRecipients } from './limits.ts'

export type Reported = {
  address: string
  /** The address that the sender used, where the report tells it and it differs. */
  original: string | null
  /** As in RFC 3464 2.3.3; '' where the field is missing. */
  action: string
  status: string | null
  diagnostic: string
}

/** Groups that tell of a recipient; the first group, about the message as a whole, does not. */
export const reportedRecipients = (groups: readonly Fields[]): Reported[] =>
  groups.filter(tellsOfRecipient).slice(0, maxRecipients).map(reported)

const tellsOfRecipient = (group: Fields) =>
  ['final-recipient', 'original-recipient', 'x-actual-recipient'].some((name) => group.has(name)) || (group.has('action') && group.has('status'))

/** For reports whose parts were torn: the same groups within a text. */
export const groupsWithin = (text: string): Fields[] => (/^(?:Final|Original)-Recipient:/im.test(text) ? parseGroups(text).filter(tellsOfRecipient) : [])

function reported(group: Fields): Reported {
  const final = typedAddress(first(group, 'final-recipient'))
  const original = typedAddress(first(group, 'original-recipient')) || typedAddress(first(group, 'x-actual-recipient'))
  const address = isRoutable(final) ? final : isRoutable(original) ? original : final || original
  return {
    address, original: original !== '' && original.toLowerCase() !== address.toLowerCase() ? original : null,
    action: actionOf(first(group, 'action')),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(first(group, 'status'))?.[0] ?? null,
    diagnostic: (group.get('diagnostic-code') ?? group.get('x-diagnostic-code') ?? []).join(' ').replace(/^[a-z0-9-]{1,40} ?; ?/i, '').trim(),
  }
}

/** Programs that invent an action (`error`, `dropped`) report failures. */
function actionOf(value: string): string {
  const word = /[a-z]+/.exec(value.toLowerCase())?.[0] ?? ''
  return word === '' || actions.has(word) ? word : 'failed'
}

const actions = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded'])

/** Not the name of a mailbox inside the reporting system, such as `@store:user@daemon`. */
const isRoutable = (address: string): boolean => /^[^@\s]+@[^@\s]+$/.test(address)

/** `type; address` (RFC 3464 2.3.1), with or without the type, comments, and the brackets that some leave on. */
function typedAddress(value: string): string {
  const address = value.replace(/^[a-z0-9-]{1,40} ?;/i, '').replace(/\([^()]*\)\s*$/, '').trim()
  return unescaped(/<([^<>\s]+@[^<>\s]+)>/.exec(address)?.[1] ?? address.replace(/^<|>$/g, '')).trim()
}

/** utf-8-addr-xtext: `\x{1F408}` stands for a letter (RFC 6533 3). */
const unescaped = (address: string): string =>
  address.replace(/\\x\{([0-9a-f]{1,6})\}/gi, (_, hex: string) => String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)))
