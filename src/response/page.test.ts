import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { html, pageHeaders, paragraphs, renderPage } from './page.ts'
import { languageOf, languages, textsOf } from './texts.ts'

test('whatever is put into a page is text, never markup', () => {
  const evil = `"><script>alert('1')</script>`
  const page = renderPage({ language: 'en', companyName: evil, title: evil, body: html`<p title="${evil}">${evil}</p>${paragraphs(evil)}` })
  expect(page).not.toContain('<script>')
  expect(page).not.toContain('title=""')
})

test('the page may use its own style and nothing else: the policy names its hash', () => {
  const page = renderPage({ language: 'de', companyName: '', title: 'T', body: html`` })
  const style = /<style>([\s\S]*)<\/style>/.exec(page)![1]!
  expect(pageHeaders['content-security-policy']).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  expect(page).not.toMatch(/ style="| on\w+="|<script/)
})

test('text keeps its paragraphs and line breaks', () => {
  expect(paragraphs('one\ntwo\n\nthree').map((part) => part.html).join('')).toBe('<p>one<br>two</p><p>three</p>')
})

test("the reader's first language that we speak is taken, by its weight; a refused one never", () => {
  expect(languageOf('nl, de-AT;q=0.8, fr;q=0.9', 'en')).toBe('fr')
  expect(languageOf('uk', 'en')).toBe('uk')
  expect(languageOf('de;q=0, *;q=0.5', 'es')).toBe('es')
  expect(languageOf('', 'es')).toBe('es')
  expect(languageOf('en-GB;q=nonsense', 'de')).toBe('de')
})

test('every sentence is there in every language, and each names the address where the English one does', () => {
  const sentences = (language: keyof typeof textsOf) => Object.entries(textsOf[language]).map(([name, text]) => [name, typeof text === 'function' ? text('ann@x.test').includes('ann@x.test') : text !== ''])
  for (const language of languages) expect([language, sentences(language)]).toEqual([language, sentences('en')])
})
