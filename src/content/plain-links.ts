/** Links that are the same for everybody: found as they are written, so that "Track every link" can put its own in their place. Pure. */
import { type Attribute, scanHtml, type Tag } from './html-scan.ts'
import type { MailSource } from './mail-source.ts'
import { findPlaceholders, type Placeholder } from './placeholder.ts'
import { decodeReferences } from './text-part.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The addresses that "Track every link" would replace, each once: http(s) links without a placeholder in them. */
export function linksToTrack({ body, format, textBody }: MailSource, vocabulary: Vocabulary): string[] {
  const placeholders = findPlaceholders(body, vocabulary)
  const inBody = format === 'text' ? [] : linksInHtml(body, scanHtml(body, placeholders).tags, placeholders).map(({ url }) => url)
  const text = format === 'text' ? body : (textBody ?? '')
  return [...new Set([...inBody, ...linksInText(text, findPlaceholders(text, vocabulary)).map(({ url }) => url)])]
}

/** Links of `<a>` and `<area>` whose address is plain, character references decoded. */
export function linksInHtml(body: string, tags: readonly Tag[], placeholders: readonly Placeholder[]): { attribute: Attribute; url: string }[] {
  return tags.filter(({ name }) => name === 'a' || name === 'area').flatMap(({ attributes }) => {
    const attribute = attributes.find(({ name }) => name === 'href')
    if (!attribute || holdsAny(attribute, placeholders)) return []
    const url = decodeReferences(body.slice(attribute.start, attribute.end)).trim()
    return isPlainLink(url) ? [{ attribute, url }] : []
  })
}

export function linksInText(text: string, placeholders: readonly Placeholder[]): { start: number; end: number; url: string }[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"]*[^\s<>".,;:!?')\]]/gi)]
    .map(({ 0: url, index }) => ({ start: index, end: index + url.length, url }))
    .filter((link) => isPlainLink(link.url) && !holdsAny(link, placeholders))
}

/** What Liquid would still change is no plain address. */
const isPlainLink = (url: string) => /^https?:\/\//i.test(url) && !/\{[{%]/.test(url) && URL.canParse(url)

/** Placeholders are in order, so the first that ends behind the start decides. */
export function holdsAny({ start, end }: { start: number; end: number }, placeholders: readonly Placeholder[]): boolean {
  let [low, high] = [0, placeholders.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (placeholders[middle]!.end <= start) low = middle + 1
    else high = middle
  }
  return low < placeholders.length && placeholders[low]!.start < end
}
