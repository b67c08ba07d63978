/** A compiled mail filled for one person: nothing but looking up, escaping and joining. Where the values come from is merge-values.ts. */
import { honeypot, openPixel, type RecipientLinks } from '../message/recipient-links.ts'
import { escapeHtml } from '../platform/escape-html.ts'
import type { CompiledMail } from './compile.ts'
import { optOutWords } from './opt-out-footer.ts'
import type { Word } from './placeholder.ts'
import type { Slot, Template } from './template.ts'
import { anyPerson } from './vocabulary.ts'

/** Values as text, by path: `firstName`, `account.industry`. A Map, so that no name can reach anything but a value. */
export type Values = ReadonlyMap<string, string>

/** `record` are the recipient's values, `user` those of the campaign's assigned user, else the author. */
export type Filling = {
  entityType: string
  isPerson: boolean
  record: Values
  user: Values
  words: Readonly<Record<Word, string>>
  language: string
  links: RecipientLinks
  /** This person's opens may be counted. */
  pixel: boolean
}

export type FilledMail = { subject: string; html: string | null; text: string }

export const fillMail = ({ subject, html, text }: CompiledMail, person: Filling): FilledMail =>
  ({ subject: fill(subject, person), html: html && fill(html, person), text: fill(text, person) })

export function fill(template: Template, person: Filling): string {
  const { literals } = template
  return slotValues(template, person).reduce((filled, value, index) => filled + value + literals[index + 1]!, literals[0]!)
}

/** What goes into the slots, escaped for where each stands: all that differs between people. */
export const slotValues = ({ slots }: Template, person: Filling): string[] => slots.map((slot) => written(slot, person))

/** The placeholders, as written, that leave nothing behind for this person: no value, no fallback. Each once. */
export function emptyPlaceholders({ subject, html, text }: CompiledMail, person: Filling): string[] {
  const slots = [subject, html, text].flatMap((template) => [...(template?.slots ?? [])])
  const ofPeople = slots.filter(({ meaning }) => meaning.kind === 'record' || meaning.kind === 'user' || meaning.kind === 'word')
  return [...new Set(ofPeople.filter((slot) => slot.code !== '' && valueOf(slot, person) === '' && slot.fallback === '').map(({ code }) => code))]
}

function written(slot: Slot, person: Filling): string {
  if (slot.meaning.kind === 'link' && slot.meaning.link === 'optOutLink') return optOutLink(slot, person)
  return slot.escape(valueOf(slot, person) || slot.fallback)
}

function valueOf({ meaning }: Slot, { entityType, isPerson, record, user, words, links, pixel }: Filling): string {
  switch (meaning.kind) {
    case 'record': {
      const isMeant = meaning.entityType === entityType || (isPerson && meaning.entityType === anyPerson)
      return (isMeant && record.get(meaning.path)) || ''
    }
    case 'user': return user.get(meaning.path) ?? ''
    case 'word': return words[meaning.word]
    case 'click': return links.clickUrl(meaning.number)
    case 'pixel': return pixel ? openPixel(links) : ''
    case 'honeypot': return honeypot(links)
    case 'link': return meaning.link === 'preferencesUrl' ? links.preferencesUrl : meaning.link === 'viewInBrowserUrl' ? links.viewUrl : links.optOutUrl
  }
}

/** A whole link where text stands, in words in a text part, and in any other place its address. */
function optOutLink(slot: Slot, { links, language }: Filling): string {
  if (slot.position === 'text') return `<a href="${escapeHtml(links.optOutUrl)}">${optOutWords(language)}</a>`
  if (slot.position === 'raw') return `${optOutWords(language)}: ${links.optOutUrl}`
  return slot.escape(links.optOutUrl)
}
