/** The text part, made of the HTML when none is written: once, with the slots kept, so that no HTML is read per person. */
import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text'
import { asText, type Slot, type Template, templateOf } from './template.ts'

/** Noncharacters (Unicode 23.7) never stand in real text: between them goes a slot's number. */
const [open, close] = ['\ufdd0', '\ufdd1']
const marks = /\ufdd0(\d+)\ufdd1/g

export function textOfHtml({ literals, slots }: Template): Template {
  const numbers = new Map<string, number>()
  const byNumber: Slot[] = []
  // The same placeholder gets the same number: a link whose text is its own address is then seen as one.
  const mark = (slot: Slot) => {
    const key = JSON.stringify([slot.meaning, slot.fallback, slot.position.startsWith('url')])
    const number = numbers.get(key) ?? byNumber.push(slot) - 1
    numbers.set(key, number)
    return `${open}${number}${close}`
  }
  const html = literals.map((literal, index) => literal.replace(/[\ufdd0\ufdd1]/g, '') + (slots[index] ? mark(slots[index]) : '')).join('')
  return templateOf(tidy(isTooDeep(html) ? withoutTags(html) : toText(html)).split(marks).map((piece, index) => (index % 2 === 0 ? piece : asText(byNumber[Number(piece)]!))))
}

/** Character references as the characters they stand for, all else as it is. */
export const decodeReferences = (text: string): string =>
  text.includes('&') ? decode(`|${text.replaceAll('<', '&lt;')}|`).slice(1, -1) : text

/** The parser's time grows with the square of the depth, and no mail program shows a mail like that: it is only stripped of its tags. */
const deepest = 1000
const unnested = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dd|dt|tr|td|th|option)$/i

function isTooDeep(html: string): boolean {
  let depth = 0
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (unnested.test(name!)) continue
    depth = end ? Math.max(0, depth - 1) : depth + 1
    if (depth > deepest) return true
  }
  return false
}

const withoutTags = (html: string) => decodeReferences(html.replace(/<[^<>]*>/g, ' ').replace(/[ \t]+/g, ' '))

// A layout table is read cell by cell, each on a line of its own; one with header cells is data, and keeps its columns.
const table: FormatCallback = (element, walk, builder, options) =>
  builder.options.formatters[hasHeaderCells(element.children) ? 'dataTable' : 'block']!(element, walk, builder, options)

type Node = { name?: string; children?: Node[] }

const rowGroups = new Set(['thead', 'tbody', 'tfoot', 'tr'])

const hasHeaderCells = (children: Node[] = []): boolean =>
  children.some((child) => child.name === 'th' || (rowGroups.has(child.name ?? '') && hasHeaderCells(child.children)))

/** A picture speaks by its alt text; without one it is decoration. */
const image: FormatCallback = (element, _walk, builder) => {
  const alt = element.attribs?.['alt']?.trim()
  if (alt) builder.addInline(alt)
}

const lines = { leadingLineBreaks: 1, trailingLineBreaks: 1 }
const heading = (selector: string) => ({ selector, format: 'heading', options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 } })
/** What is hidden from readers of the HTML (preheaders, mostly) has nothing to say in the text. */
const hidden = ['[style*="display:none"]', '[style*="display: none"]', '[hidden]', 'title', 'head', 'style', 'script']

const options: HtmlToTextOptions = {
  wordwrap: false,
  formatters: { table, image },
  limits: { maxDepth: 300 },
  selectors: [
    { selector: 'a', format: 'anchor', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'img', format: 'image' },
    { selector: 'table', format: 'table', options: { ...lines, uppercaseHeaderCells: false, maxColumnWidth: 40 } },
    ...['tr', 'td'].map((selector) => ({ selector, format: 'block', options: lines })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(heading),
    { selector: 'hr', format: 'horizontalLine', options: { length: 40 } },
    ...hidden.map((selector) => ({ selector, format: 'skip' })),
  ],
}
const toText = compile(options)
const decode = compile({ wordwrap: false, selectors: [{ selector: '*', format: 'inline' }], whitespaceCharacters: '\u0001', preserveNewlines: true })

/** Runs of invisible characters pad the preview line of mail programs; in text they are dirt. */
const padding = /(?:[ \u00a0]?(?:\u00ad|\u034f|[\u200b-\u200f\u2007\ufeff])){4,}/g

const tidy = (text: string) => text
  .replace(padding, '').replaceAll('\u00a0', ' ')
  .replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim()
