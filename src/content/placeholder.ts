/** The placeholder language in single braces: found in a source, never evaluated. Braces that are no placeholder stay text. */
import type { Vocabulary } from './vocabulary.ts'
import { anyPerson, assignedUser } from './vocabulary.ts'

export type Word = 'today' | 'now' | 'currentYear' | 'companyAddress'
export type LinkName = 'optOutUrl' | 'optOutLink' | 'preferencesUrl' | 'viewInBrowserUrl'

/** `record`: a field of the recipient, if it is of that entity type (`Person`: any type of person). `user`: of the campaign's assigned user. */
export type Meaning =
  | { kind: 'record'; entityType: string; path: string }
  | { kind: 'user'; path: string }
  | { kind: 'word'; word: Word }
  | { kind: 'link'; link: LinkName }
  | { kind: 'trackingUrl'; id: string }

/** `code` is the text as written, at `start` to `end`; `fallback` null means that none was given. */
export type Placeholder = { meaning: Meaning; code: string; start: number; end: number; fallback: string | null }

// Liquid comes first, so that what is inside its braces is never taken for a placeholder.
const braces = /\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{([A-Za-z][A-Za-z0-9]*)(?:([.:])([^{}|<>]*))?(?:\|([^{}]*))?\}/g

const words: readonly string[] = ['today', 'now', 'currentYear', 'companyAddress'] satisfies Word[]
const links: readonly string[] = ['optOutUrl', 'optOutLink', 'preferencesUrl', 'viewInBrowserUrl'] satisfies LinkName[]

/** All placeholders of a source, in order. Only known kinds are: `{color:red}` or `{Foo.bar}` without an entity type Foo are text. */
export function findPlaceholders(source: string, vocabulary: Vocabulary): Placeholder[] {
  const found: Placeholder[] = []
  for (const match of source.matchAll(braces)) {
    const [code, name, separator, rest, fallback] = match
    const meaning = name === undefined ? null : meaningOf(name, separator, rest, vocabulary)
    if (meaning) found.push({ meaning, code, start: match.index, end: match.index + code.length, fallback: fallback ?? null })
  }
  return found
}

function meaningOf(name: string, separator: string | undefined, rest = '', vocabulary: Vocabulary): Meaning | null {
  if (separator === undefined) {
    if (words.includes(name)) return { kind: 'word', word: name as Word }
    return links.includes(name) ? { kind: 'link', link: name as LinkName } : null
  }
  if (separator === ':') return name === 'trackingUrl' ? { kind: 'trackingUrl', id: rest } : null
  if (name === assignedUser) return { kind: 'user', path: rest }
  return name === anyPerson || vocabulary.has(name) ? { kind: 'record', entityType: name, path: rest } : null
}
