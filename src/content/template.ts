/** A source compiled: literal text and, between, slots that are filled for each person. Compiled once, filled a million times. */
import type { Meaning } from './placeholder.ts'
import { type Escape, escapes, ownUrlEscapes, type Position, textEscapeOf } from './position.ts'

/** A named link is known by its number here, a plain link that is tracked has no other name; pixel and honeypot are ours alone. */
export type SlotMeaning = Exclude<Meaning, { kind: 'trackingUrl' }> | { kind: 'click'; number: number } | { kind: 'pixel' } | { kind: 'honeypot' }

/** `code`: as written, '' where nobody wrote it. `fallback`: '' when none was given. `hidden`: in a comment, so no reader sees it. */
export type Slot = { meaning: SlotMeaning; code: string; fallback: string; position: Position; hidden: boolean; escape: Escape }

/** Always one literal more than slots: literal, slot, literal, slot, literal. */
export type Template = { literals: readonly string[]; slots: readonly Slot[] }

/** Replaces a range of the source by literal text and slots. `htmlOnly`: not for the text part that is made of it. */
export type Edit = { start: number; end: number; pieces: readonly (string | Slot)[]; htmlOnly?: boolean }

export function slotFor(meaning: SlotMeaning, code: string, position: Position, { fallback = '', hidden = false } = {}): Slot {
  return { meaning, code, fallback, position, hidden, escape: escapeFor(meaning, position, hidden) }
}

/** An address that we made: nothing in it needs a check. */
const isOurs = ({ kind }: SlotMeaning): boolean => kind === 'link' || kind === 'click'

function escapeFor(meaning: SlotMeaning, position: Position, hidden: boolean): Escape {
  if (isOurs(meaning) && ownUrlEscapes[position]) return ownUrlEscapes[position]
  const several = meaning.kind === 'word' && meaning.word === 'companyAddress' && position === 'text'
  // Two hyphens before a ">" of the source would end the comment that only Outlook reads.
  if (hidden && position === 'text') return escapes.comment
  return several ? (value) => escapes.text(value).replace(/\r\n|\r|\n/g, '<br>') : escapes[position]
}

/** The same slot in a text part. An address stays one there; everything else is plain text. */
export const asText = (slot: Slot): Slot =>
  ({ ...slot, position: /^(?:opaqueU|u)rl/.test(slot.position) ? slot.position : 'raw', escape: isOurs(slot.meaning) ? escapes.raw : textEscapeOf(slot.position) })

export function applyEdits(source: string, edits: readonly Edit[]): Template {
  const pieces: (string | Slot)[] = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(source.slice(at, edit.start), ...edit.pieces)
    at = edit.end
  }
  return templateOf([...pieces, source.slice(at)])
}

/** Literals that touch are joined. */
export function templateOf(pieces: readonly (string | Slot)[]): Template {
  const literals = ['']
  const slots: Slot[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') literals[literals.length - 1] += piece
    else {
      slots.push(piece)
      literals.push('')
    }
  }
  return { literals, slots }
}

/** Literals and slots in turn, as `templateOf` takes them. */
export const piecesOf = ({ literals, slots }: Template): (string | Slot)[] =>
  literals.flatMap((literal, index) => (slots[index] ? [literal, slots[index]] : [literal]))
