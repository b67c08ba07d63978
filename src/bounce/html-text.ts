/** HTML as plain words, good enough to search in: lines where the page breaks, no tags, the common entities. Linear in its input. */
import { textLength } from './limits.ts'

const entities: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function textOfHtml(html: string): string {
  return html.slice(0, textLength * 4)
    .replace(/<(style|script|head|title)\b[^>]*>[^<]{0,20000}<\/\1>/gi, ' ')
    .replace(/<\/?(?:p|br|div|tr|td|li|ul|h[1-6]|table|hr|pre|blockquote)\b[^>]{0,2000}>/gi, '\n')
    // An address in angle brackets that nobody escaped is no tag.
    .replace(/<(?![^<>@\s]{1,64}@[^<>@\s]{1,255}>)[a-z!/?][^<>]{0,4000}>/gi, '')
    .replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : entities[name!.toLowerCase()] ?? whole)
    .slice(0, textLength)
}
