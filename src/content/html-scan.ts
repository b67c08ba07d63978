/** Reads HTML as it is written, without changing or judging it: where placeholders stand, where links are, where the body ends. */
import type { Position } from './position.ts'

/** `value` is the range of the attribute's text, without its quotes. */
export type Attribute = { name: string; start: number; end: number; quote: '"' | "'" | '' }
export type Tag = { name: string; start: number; attributes: Attribute[]; hidden: boolean }
export type Range = { start: number; end: number }

/**
 * `positions` has one entry for each range that was to be skipped. `hidden` ranges and tags stand in a comment, also in one that only
 * Outlook reads. `bodyEnd` is where something can be appended for every reader. `strayLess` are the "<" that a value would make a tag of,
 * as in `<{Person.emailAddress}>`: they must be written as `&lt;`.
 */
export type HtmlScan = { positions: Position[]; hidden: boolean[]; tags: Tag[]; bodyEnd: number; strayLess: number[] }

/** `opaque` ranges (placeholders) are never looked into, whatever characters they hold. In order, not overlapping. */
export const scanHtml = (source: string, opaque: readonly Range[]): HtmlScan => new HtmlScanner(source, opaque).scan()

/** Whether a value that is written without quotes may be put into double ones. */
export const canBeQuoted = (value: string): boolean => !/["'`]/.test(value)

const urlAttributes = new Set(['href', 'src', 'action', 'formaction', 'background', 'poster', 'cite', 'data', 'srcset', 'longdesc', 'xlink:href'])
/** Their content is text: a tag inside is none (WHATWG HTML §13.2.5). */
const rawTextElements: Record<string, Position> = { script: 'script', style: 'style', title: 'text', textarea: 'text' }

class HtmlScanner {
  readonly #source: string
  readonly #opaque: readonly Range[]
  readonly #found: HtmlScan = { positions: [], hidden: [], tags: [], bodyEnd: -1, strayLess: [] }
  #htmlEnd = -1
  #at = 0
  #next = 0
  /** Inside `<!--[if mso]> … <![endif]-->`: markup for Outlook, a comment for all others. */
  #hidden = false
  /** How many svg and math elements are open: in them no element is raw text (WHATWG HTML §13.2.6.5). */
  #foreign = 0
  /** Where the source ends; inside such a comment, where the comment does. */
  #limit: number

  constructor(source: string, opaque: readonly Range[]) {
    this.#source = source
    this.#opaque = opaque
    this.#limit = source.length
  }

  scan(): HtmlScan {
    this.#content()
    if (this.#found.bodyEnd < 0) this.#found.bodyEnd = this.#htmlEnd < 0 ? this.#source.length : this.#htmlEnd
    return this.#found
  }

  #content(): void {
    while (this.#passUntil(/</g, this.#foreign > 0 ? 'foreign' : 'text')) this.#markup()
  }

  /** Goes on to the next match outside opaque ranges, noting those on the way. False at the end. */
  #passUntil(pattern: RegExp, position: Position | ((range: Range) => Position)): boolean {
    let stop = this.#search(pattern)
    for (;;) {
      const range = this.#opaque[this.#next]
      if (!range || range.start > stop || range.start >= this.#limit) break
      this.#note(typeof position === 'function' ? position(range) : position)
      this.#at = range.end
      // What was found lay inside the range.
      if (stop < this.#at) stop = this.#search(pattern)
    }
    this.#at = stop
    return stop < this.#limit
  }

  /** Where the pattern matches next, or the limit. */
  #search(pattern: RegExp): number {
    pattern.lastIndex = this.#at
    return Math.min(pattern.exec(this.#source)?.index ?? this.#limit, this.#limit)
  }

  #note(position: Position): void {
    this.#found.positions.push(position)
    this.#found.hidden.push(this.#hidden || position === 'comment')
    this.#next++
  }

  #startsWith(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#source)
  }

  /** At a "<" in text. */
  #markup(): void {
    if (this.#startsWith(/<!--/y)) return this.#comment()
    if (this.#runsInto(/<[!?/]?(?:[A-Za-z][^\s/>]{0,200})?/y)) return this.#stray()
    const tag = this.#startsWith(/<(\/?)([A-Za-z][^\s/>]{0,200})/y)
    if (tag) return tag[1] === '/' ? this.#endTag(tag) : this.#startTag(tag)
    if (this.#startsWith(/<[!?/]/y)) this.#skipPast(/>/g, 'markup', 1)
    else this.#at++
  }

  /** Whether what begins here goes on up to an opaque range, without a space between. */
  #runsInto(pattern: RegExp): boolean {
    const next = this.#opaque[this.#next]
    return next !== undefined && this.#at + (this.#startsWith(pattern)?.[0].length ?? 0) >= next.start
  }

  #stray(): void {
    this.#found.strayLess.push(this.#at)
    this.#at++
  }

  #comment(): void {
    const conditional = this.#startsWith(/<!--\[if[^\]>]*\]>(?!<!-->)/yi)
    if (!conditional || this.#hidden) return this.#skipPast(/--!?>/g, 'comment', 3)
    this.#at += conditional[0].length
    this.#outlookOnly()
  }

  /** Read as markup, but never beyond the first end of a comment: there it ends for everybody. */
  #outlookOnly(): void {
    const [limit, end] = [this.#limit, this.#endOfComment()]
    this.#limit = end
    this.#hidden = true
    this.#content()
    this.#limit = limit
    this.#hidden = false
    this.#at = Math.min(end + 3, limit)
  }

  #endOfComment(): number {
    const pattern = /--!?>/g
    pattern.lastIndex = this.#at
    let next = this.#next
    for (let match = pattern.exec(this.#source); match; match = pattern.exec(this.#source)) {
      while (next < this.#opaque.length && this.#opaque[next]!.end <= match.index) next++
      if (!this.#opaque[next] || match.index < this.#opaque[next]!.start) return match.index
    }
    return this.#limit
  }

  #skipPast(pattern: RegExp, position: Position, length: number): void {
    this.#at = Math.min(this.#at + 2, this.#limit)
    this.#at = this.#passUntil(pattern, position) ? this.#at + length : this.#limit
  }

  #endTag([text, , name]: RegExpExecArray): void {
    if (!this.#hidden && /^body$/i.test(name!)) this.#found.bodyEnd = this.#at
    if (!this.#hidden && /^html$/i.test(name!)) this.#htmlEnd = this.#at
    if (/^(?:svg|math)$/i.test(name!)) this.#foreign = Math.max(0, this.#foreign - 1)
    this.#at += text.length
    this.#attributes({ name: name!, start: this.#at, attributes: [], hidden: this.#hidden })
  }

  #startTag([text, , name]: RegExpExecArray): void {
    const tag: Tag = { name: name!.toLowerCase(), start: this.#at, attributes: [], hidden: this.#hidden }
    this.#found.tags.push(tag)
    this.#at += text.length
    this.#attributes(tag)
    if (tag.name === 'svg' || tag.name === 'math') this.#foreign++
    const rawText = this.#foreign === 0 && Object.hasOwn(rawTextElements, tag.name) ? rawTextElements[tag.name]! : null
    if (rawText) this.#passUntil(new RegExp(`</${tag.name}(?=[\\s/>])`, 'gi'), rawText)
  }

  /** Up to and with the ">" of the tag. An end tag may have attributes too; nobody reads them, but a ">" in their quotes ends nothing. */
  #attributes(tag: Tag): void {
    while (this.#passUntil(/[^\s/]/g, 'markup') && this.#source[this.#at] !== '>') this.#attribute(tag)
    this.#at++
  }

  #attribute(tag: Tag): void {
    const from = this.#at
    // The first character belongs to the name, even "=".
    this.#at++
    if (!this.#passUntil(/[\s/>=]/g, 'markup')) return
    const name = this.#source.slice(from, this.#at).toLowerCase()
    const equals = this.#startsWith(/\s*=\s*(["']?)/y)
    if (!equals) return
    this.#at += equals[0].length
    this.#value(tag, name, equals[1] as Attribute['quote'])
  }

  #value(tag: Tag, name: string, quote: Attribute['quote']): void {
    const start = this.#at
    const positionOf = (range: Range) => positionInAttribute(name, this.#source.slice(start, range.start))
    const first = this.#next
    const ended = this.#passUntil(quote === '' ? /[\s>]/g : quote === '"' ? /"/g : /'/g, positionOf)
    tag.attributes.push({ name, start, end: this.#at, quote })
    // Without quotes, and with some inside, the value cannot be put into quotes: only what is harmless anywhere may stand there.
    if (quote === '' && !canBeQuoted(this.#source.slice(start, this.#at))) this.#found.positions.fill('markup', first)
    if (ended && quote !== '') this.#at++
  }
}

/** `before` is what stands in the attribute's value before the placeholder. */
function positionInAttribute(name: string, before: string): Position {
  if (name.startsWith('on')) return 'scriptAttribute'
  if (name === 'style') return 'style'
  if (!urlAttributes.has(name)) return 'attribute'
  const prefix = before.slice(0, 500).trimStart()
  if (prefix === '') return 'url'
  if (/^(?:mailto|tel|sms):[^?]*$/i.test(prefix)) return 'opaqueUrlPart'
  // Percent-encoding is undone before a script in an address runs: it protects nothing there.
  return /^(?:javascript|vbscript|data):/i.test(prefix.replace(/\s+/g, '')) ? 'markup' : 'urlPart'
}
