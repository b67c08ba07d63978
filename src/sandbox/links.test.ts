import { expect, test } from 'vitest'
import { linksIn } from './links.ts'

test('links are found in every spelling of HTML, unescaped, each once, then those only the text part has', () => {
  const html = `<a href="https://a.test/?x=1&amp;y=2">A</a> <A class=x HREF='https://b.test'>B</A> <a data-href="no" href=https://c.test/z>C</a>
    <a href="#top">up</a> <a href="mailto:x@y.test">M</a> <a href="https://b.test">B again</a> <abbr href="https://no.test">
    <a href="https://trap.test" tabindex="-1" aria-hidden="true"></a> <a title="a > b" href="https://e.test">E</a>`
  expect(linksIn(html, 'See https://b.test and (https://d.test/path).'))
    .toEqual(['https://a.test/?x=1&y=2', 'https://b.test', 'https://c.test/z', 'mailto:x@y.test', 'https://e.test', 'https://d.test/path'])
})
