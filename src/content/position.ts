/** Where in a document a value stands, and how it must be written there so that it stays a value. Pure. */
import { escapeHtml, escapeText } from '../platform/escape-html.ts'

/**
 * `raw`: a text part. `header`: a subject. The others are places in HTML; `url` is a whole address at the start of an attribute,
 * `urlPart` a piece of one, `opaqueUrlPart` a piece of mailto: or tel:, `markup` an attribute's name,
 * or a value without quotes that cannot be given any; `foreign` anything in SVG, where scripts and styles are read by other rules.
 */
export type Position =
  | 'raw' | 'header' | 'text' | 'attribute' | 'url' | 'urlPart' | 'opaqueUrlPart' | 'style' | 'script' | 'scriptAttribute' | 'comment' | 'markup' | 'foreign'

export type Escape = (value: string) => string

/** A value from a record, or a fallback: written so that it can neither end nor change what it stands in. */
export const escapes: Record<Position, Escape> = {
  raw: (value) => value,
  header: (value) => value.replace(lineEnds, ' '),
  text: (value) => escapeText(value),
  attribute: (value) => escapeHtml(value),
  url: (value) => escapeHtml(safeUrl(value)),
  urlPart: (value) => encodePart(value),
  // RFC 6068 and RFC 3966: "@" and "+" mean themselves there, and few programs decode them.
  opaqueUrlPart: (value) => encodePart(value).replaceAll('%40', '@').replaceAll('%2B', '+'),
  style: (value) => value.replace(noStyleValue, ''),
  script: (value) => escapeScript(value),
  scriptAttribute: (value) => escapeScript(value),
  comment: (value) => escapeHtml(value).replaceAll('-', '&#45;'),
  // Never nothing: an equals sign or a quote that follows would begin to count.
  markup: (value) => value.replace(noName, '') || '_',
  foreign: (value) => value.replace(noStyleValue, ''),
}

/** A link that we made ourselves: it needs no check of its scheme, else the same. */
export const ownUrlEscapes: Partial<Record<Position, Escape>> = { url: (value) => escapeHtml(value) }

/** The same place in the text part that is made of the HTML: there is no markup, but an address is still one. */
export const textEscapeOf = (position: Position): Escape => {
  if (position === 'url') return safeUrl
  return position === 'urlPart' || position === 'opaqueUrlPart' ? escapes[position] : escapes.raw
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const lineEnds = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g
/** What no plain CSS value needs: brackets, quotes, colons, semicolons, slashes and backslashes could begin something else. */
const noStyleValue = /[^\p{L}\p{N} #%.,_+-]/gu
const noName = /[^A-Za-z0-9_]/g

/** encodeURIComponent, which leaves the apostrophe alone and throws on half a surrogate pair. */
const encodePart = (value: string) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll("'", '%27')

/** Inside a string of JavaScript or JSON: nothing of it can end the string, the script or the attribute. */
const escapeScript = (value: string) =>
  JSON.stringify(value).slice(1, -1).replace(/[<>&'\u2028\u2029]|\\"/g, (found) => `\\u${found.at(-1)!.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * An address as a person may have typed it: `www.acme.example` gets its scheme; characters that no URL has are percent-encoded.
 * Any scheme that is not a link for readers (javascript:, data:) becomes "#".
 */
export function safeUrl(value: string): string {
  // oxlint-disable-next-line no-control-regex -- browsers drop tab and line ends inside a scheme, so we do it before looking at it
  const address = value.replace(/[\u0000-\u001f\u007f]+/g, '').trim()
  if (address === '') return ''
  if (/^(?:https?|mailto|tel|sms):/i.test(address)) return encodeAddress(address)
  if (/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?::\d+)?(?:[/?#]|$)/u.test(address)) return encodeAddress(`https://${address}`)
  return /^[^/?#]*:/.test(address) ? '#' : encodeAddress(address)
}

function encodeAddress(address: string): string {
  // A host outside ASCII must become punycode, not percent signs.
  if (/^https?:\/\/[^/?#]*[^\x21-\x7e]/i.test(address) && URL.canParse(address)) return new URL(address).href
  return encodeURI(address.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%25([0-9a-f]{2})/gi, '%$1').replace(/%5B|%5D/g, decodeURIComponent)
}
