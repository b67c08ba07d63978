import { expect, test } from 'vitest'
import { decodeReferences, textOfHtml } from './text-part.ts'

const textOf = (html: string) => textOfHtml({ literals: [html], slots: [] }).literals[0]

test('headings, paragraphs, lists and links are readable', () => {
  expect(textOf('<h1>Autumn offer</h1><p>Dear Anna,<br>look at <a href="https://a.example/">our shop</a>:</p><ul><li>one</li><li>two</li></ul><hr><p>Bye'))
    .toBe('Autumn offer\n\nDear Anna,\nlook at our shop <https://a.example/>:\n\n * one\n * two\n\n----------------------------------------\n\nBye')
})

test('a link that shows its own address is written once', () => {
  expect(textOf('<a href="https://a.example/">https://a.example/</a>')).toBe('https://a.example/')
  expect(textOf('<a href="mailto:a@b.example">a@b.example</a>')).toBe('a@b.example')
})

test('a layout table is read cell by cell, a table of data keeps its columns', () => {
  expect(textOf('<table><tr><td><table><tr><td>Left</td><td>Right</td></tr></table></td></tr><tr><td>Below</td></tr></table>')).toBe('Left\nRight\nBelow')
  expect(textOf('<table><thead><tr><th>Item</th><th>Price</th></tr></thead><tbody><tr><td>Shoe</td><td>12</td></tr></tbody></table>')).toBe('Item   Price\nShoe   12')
})

test('styles, titles, hidden preheaders and their padding do not show; pictures speak by their alt text', () => {
  expect(textOf(`<html><head><title>T</title><style>a{}</style></head><body><div style="display:none">pre</div>${'&zwnj;&nbsp;'.repeat(50)}<a href="https://a.example/"><img src="x.png" alt="Sale"></a><img src="y.png"></body></html>`))
    .toBe('Sale <https://a.example/>')
})

test('long lines are not wrapped: reading programs do that better', () => {
  expect(textOf(`<p>${'word '.repeat(100)}</p>`)!.split('\n')).toHaveLength(1)
})

test('character references are decoded, markup in what is decoded stays text', () => {
  expect(decodeReferences('a &amp; &lt;b&gt; &eacute; &#x27; <c>')).toBe("a & <b> é ' <c>")
  expect(decodeReferences('  two  spaces &nbsp;')).toBe('  two  spaces \u00a0')
})
