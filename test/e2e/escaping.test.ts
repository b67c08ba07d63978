/** Merge values against a real browser's HTML parser: whatever a value holds and wherever it stands, the mail's structure stays the same. */
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { compileMail } from '../../src/content/compile.ts'
import { type Filling, fillMail } from '../../src/content/fill.ts'
import type { Vocabulary } from '../../src/content/vocabulary.ts'

const placeholder = '{Contact.name}'
const vocabulary: Vocabulary = new Map([['Contact', { baseType: 'person', fields: new Map([['name', { type: 'text', label: 'Name' }]]) }]])

/** Pieces of HTML, whole and broken, that random templates are made of. */
const bricks = [
  '<p>', '</p>', '<a href="', '<a href=', "<a href='", '">', "'>", '>', '<', '/', '<img src="', '" alt="', '<style>', '</style>', '<script>', '</script>',
  'var a="', '";', 'style="color:', '" title=\'', '<!--', '-->', '<!--[if mso]>', '<![endif]-->', '<!--[if !mso]><!-->', '<!--<![endif]-->', '--!>',
  '<title>', '</title>', '<textarea>', '</textarea>', '<td ', ' bgcolor=', '=', ' ', '"', "'", '`', 'javascript:', 'https://a.example/?q=', 'mailto:', 'text',
  '<br/>', '<!DOCTYPE html>', '</', '<input value=', 'onclick="f(\'', '&amp', '&', '<!', '<svg>', '</body>', '<body>', '{', '}', 'srcset="',
]
const attacks = [
  '"><script>evil()</script>', "'><script>evil()</script>", ' onx=evil() ', '--><script>evil()</script>', 'javascript:evil()', '</style><script>evil()</script>',
  '</script><script>evil()</script>', '</title><script>evil()</script>', '"', "'", '<', '>', '&quot;', '`', '=', '&', '--', '-', '!', '/', '\\', '</textarea><b>', '<!--',
]

/** A small generator with a seed (Park and Miller), so that a failing case can be had again. */
function randomness(seed: number) {
  let state = seed
  return (below: number) => (state = (state * 48271) % 2147483647) % below
}

function filled(body: string, name: string): string {
  const mail = compileMail({ subject: '', body, format: 'html', textBody: '' }, { vocabulary, trackingNumber: () => null, appendOptOut: false, tracked: false })
  const links = { optOutUrl: '', preferencesUrl: '', viewUrl: '', openUrl: '', honeypotUrl: '', clickUrl: () => '' }
  const words = { today: '', now: '', currentYear: '', companyAddress: '' }
  const person: Filling = { entityType: 'Contact', isPerson: true, record: new Map([['name', name]]), user: new Map(), words, language: 'en', links, pixel: false }
  return fillMail(mail, person).html!
}

/** Runs in the browser: the elements, comments and known attributes, in order. */
function shapesOf(documents: string[]): string[] {
  const known = ['href', 'src', 'alt', 'style', 'bgcolor', 'value', 'onclick', 'onx', 'srcset']
  const shape = (node: Node): string => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.COMMENT_NODE) return '#'
    if (!(child instanceof Element)) return ''
    const attributes = known.filter((name) => child.hasAttribute(name))
    const runs = (child.getAttribute('href') ?? '').startsWith('javascript:evil') ? '!' : ''
    return `${child.localName}[${attributes.join()}${runs}](${shape(child)})`
  }).join('')
  return documents.map((html) => shape(new DOMParser().parseFromString(html, 'text/html')))
}

test('no value changes the structure of a mail, wherever its placeholder stands', async () => {
  const below = randomness(2026)
  // Every third brick is a placeholder.
  const brick = () => (below(3) === 0 ? placeholder : bricks[below(bricks.length)]!)
  const cases = Array.from({ length: 2000 }, () => ({
    body: Array.from({ length: 4 + below(13) }, brick).join('') + placeholder,
    value: Array.from({ length: 1 + below(4) }, () => attacks[below(attacks.length)]!).join(''),
  }))
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    const harmless = await page.evaluate(shapesOf, cases.map(({ body }) => filled(body, 'xxx')))
    const attacked = await page.evaluate(shapesOf, cases.map(({ body, value }) => filled(body, value)))
    const changed = cases.map((each, index) => ({ ...each, harmless: harmless[index], attacked: attacked[index] }))
    expect(changed.filter((each) => each.harmless !== each.attacked)).toEqual([])
  } finally {
    await browser.close()
  }
})
