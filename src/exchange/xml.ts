/** Just enough XML 1.0 to read the parts of a spreadsheet as they come: elements, attributes, text. Declarations and entities of the document's own are passed over, never followed. */

/** Called in the order of the document; names are without their prefix. Text comes unescaped, in as many pieces as it likes. */
export type XmlHandler = { open?(name: string, attributes: string): void; text?(text: string): void; close?(name: string): void }

export class XmlFault extends Error {}

/** In characters: what one cell, and one row, may hold. */
export const longestText = 16 * 1024 * 1024
/** Of a tag, comment or the like, which is looked through from its start whenever more of it has come. */
const longestMarkup = 1024 * 1024
/** `&` to `;` of the longest entity that is known. */
const longestEntity = 12

export const malformed = () => new XmlFault('The spreadsheet is damaged: a part of it cannot be read. Save it again and upload that.')
export const tooLong = () => new XmlFault('A row of the spreadsheet holds far more text than a record. Shorten it and upload the file again.')

export class XmlReader {
  readonly #handler: XmlHandler
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  write(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece
    const at = this.#read(text)
    this.#rest = text.slice(at)
    if (this.#rest.length > longestMarkup) throw malformed()
  }

  /** Throws XmlFault when the document ends in the middle of something. */
  end(): void {
    if (this.#rest.includes('<')) throw malformed()
  }

  /** Reads what is whole and answers where the rest begins. */
  #read(text: string): number {
    for (let at = 0; ;) {
      const tag = text.indexOf('<', at)
      const textEnd = tag < 0 ? endOfWhole(text, at) : tag
      if (textEnd > at) this.#handler.text?.(unescaped(text.slice(at, textEnd)))
      if (tag < 0) return textEnd
      const end = this.#readMarkup(text, tag)
      if (end < 0) return tag
      at = end
    }
  }

  /** Where the markup that begins at `tag` ends; -1 when it is not whole yet. */
  #readMarkup(text: string, tag: number): number {
    const second = text.charCodeAt(tag + 1)
    if (second === 0x2f) {
      const end = text.indexOf('>', tag)
      if (end > 0) this.#handler.close?.(localName(text.slice(tag + 2, end).trimEnd()))
      return end < 0 ? -1 : end + 1
    }
    if (second === 0x3f) return behind(text, '?>', tag)
    if (second === 0x21) return this.#readDeclaration(text, tag)
    const end = endOfTag(text, tag)
    if (end < 0) return -1
    const isEmpty = text.charCodeAt(end - 1) === 0x2f
    const inner = text.slice(tag + 1, isEmpty ? end - 1 : end)
    const space = inner.search(/\s/)
    const name = localName(space < 0 ? inner : inner.slice(0, space))
    this.#handler.open?.(name, space < 0 ? '' : inner.slice(space))
    if (isEmpty) this.#handler.close?.(name)
    return end + 1
  }

  #readDeclaration(text: string, tag: number): number {
    if (text.length - tag < 9) return -1
    if (text.startsWith('<!--', tag)) return behind(text, '-->', tag + 4)
    if (!text.startsWith('<![CDATA[', tag)) return endOfDocumentType(text, tag)
    const end = text.indexOf(']]>', tag)
    if (end >= 0) this.#handler.text?.(text.slice(tag + 9, end))
    return end < 0 ? -1 : end + 3
  }
}

/** The attribute's value, unescaped, whatever prefix its name has; null when there is none. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(`${name}=`); at >= 0; at = attributes.indexOf(`${name}=`, at + 1)) {
    if (!/[\s:]/.test(attributes[at - 1] ?? ' ')) continue
    const quote = attributes[at + name.length + 1]
    if (quote !== '"' && quote !== "'") continue
    const end = attributes.indexOf(quote, at + name.length + 2)
    if (end > 0) return unescaped(attributes.slice(at + name.length + 2, end))
  }
  return null
}

/** A text that comes in pieces, of which there may be very many: each of them costs memory, however short. */
export class LongText {
  whole = ''
  #cost = 0

  begin() {
    this.whole = ''
    this.#cost = 0
  }
  /** Throws XmlFault when it gets too long. */
  add(piece: string) {
    this.#cost += piece.length + pieceCost
    if (this.#cost > longestText) throw tooLong()
    this.whole += piece
  }
}

const pieceCost = 16

const localName = (name: string) => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

/** An entity that may not be whole yet waits for what comes. */
function endOfWhole(text: string, from: number): number {
  const entity = text.indexOf('&', Math.max(from, text.length - longestEntity))
  return entity < 0 ? text.length : entity
}

function behind(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? -1 : at + sign.length
}

/** A ">" within quotes ends no tag. Goes through the text once: it may be hostile. */
function endOfTag(text: string, tag: number): number {
  const signs = /[>"']/g
  signs.lastIndex = tag
  for (let found = signs.exec(text); found; found = signs.exec(text)) {
    if (found[0] === '>') return found.index
    const close = text.indexOf(found[0], signs.lastIndex)
    if (close < 0) return -1
    signs.lastIndex = close + 1
  }
  return -1
}

/** Its own declarations stand in brackets; what they declare is never looked at. */
function endOfDocumentType(text: string, tag: number): number {
  const plain = text.indexOf('>', tag)
  const bracket = text.indexOf('[', tag)
  if (plain < 0) return -1
  if (bracket < 0 || plain < bracket) return plain + 1
  const close = text.indexOf(']', bracket)
  return close < 0 ? -1 : behind(text, '>', close)
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five entities of XML and characters by number; any other entity stays as it is written. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,10}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
