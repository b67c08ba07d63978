/** The readers and the letter of every scenario: each reader has a token of its own, the letter carries it in all its parts, and a message can be read back. */
import { createHash } from 'node:crypto'

export type Reader = { token: string; emailAddress: string }

/** Nothing that an encoding of mail would touch, and nothing that stands in a letter by chance. */
const tokenPattern = /zq[0-9a-f]{12}qz/g

export function readers(count: number, series = 'reader'): Reader[] {
  return Array.from({ length: count }, (_, number) => {
    const token = `zq${createHash('sha256').update(`${series} ${number}`).digest('hex').slice(0, 12)}qz`
    return { token, emailAddress: `${series}${number}.${token}@good.test` }
  })
}

/** `mark` tells the messages of one mass email from those of another. */
export const subjectOf = (mark: string) => `Letter ${mark} for {Person.firstName}`

export const htmlOf = (trackingUrl: string) => `<html><body>
<h1 title="For {Person.firstName}">Dear {Person.firstName},</h1>
<p>${'This letter is for one person only, and every part of it says for whom. '.repeat(12)}</p>
<p><a href="https://shop.example/for/{Person.firstName}">Your page</a> <a href="${trackingUrl}">The offer</a>
<a href="{viewInBrowserUrl}">In your browser</a> <a href="{optOutUrl}">Unsubscribe</a></p></body></html>`

export const textOf = (trackingUrl: string) => `Dear {Person.firstName},\nyour page: https://shop.example/for/{Person.firstName}\nThe offer: ${trackingUrl}\nUnsubscribe: {optOutUrl}\n`

/** How often the letter and its header name their reader at least: To (name and address), subject, title, heading, link; text and its link. */
export const leastNamings = 8

export type Contents = {
  messageId: string
  /** Of the subject: which mass email. */
  mark: string
  /** Whom it names, each once, and how often in all. */
  tokens: string[]
  namings: number
  /** The signed tokens of its links, and the path of the page that shows this mail. */
  links: string[]
  viewPath: string | null
}

/** `content` is the message as it crossed the wire, one character a byte. */
export function readContents(content: string): Contents {
  // RFC 2045 6.7: a soft line break belongs to the encoding. RFC 5321 4.5.2: a dot that was doubled.
  const text = content.replace(/=\r\n/g, '').replace(/^\.\./gm, '.')
  const found = text.match(tokenPattern) ?? []
  const links = [...new Set([...text.matchAll(/\/[cuopv]\/([\w-]{16,})/g)].map((match) => match[1]!))]
  return {
    messageId: /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? '',
    mark: /^Subject:\s*Letter (\S+)/im.exec(text)?.[1] ?? '',
    tokens: [...new Set(found)], namings: found.length, links,
    viewPath: /\/v\/[\w-]{16,}/.exec(text)?.[0] ?? null,
  }
}

/** Whom an address or a page names. */
export const tokensIn = (text: string): string[] => [...new Set(text.match(tokenPattern) ?? [])]
