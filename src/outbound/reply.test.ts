import { expect, test } from 'vitest'
import { oneLine, ReplyReader } from './reply.ts'

const read = (...chunks: string[]) => {
  const reader = new ReplyReader()
  return chunks.flatMap((chunk) => reader.push(Buffer.from(chunk, 'latin1')))
}

test('a reply of several lines is one reply, however the network cuts it', () => {
  const whole = '250-mail.example.org\r\n250-SIZE 100\r\n250 PIPELINING\r\n'
  const expected = [{ code: 250, enhanced: null, lines: ['mail.example.org', 'SIZE 100', 'PIPELINING'], text: 'mail.example.org SIZE 100 PIPELINING' }]
  expect(read(whole)).toEqual(expected)
  expect(read(...whole)).toEqual(expected)
})

test('several pipelined replies in one chunk are told apart', () => {
  expect(read('250 2.1.0 ok\r\n550 5.1.1 unknown\r\n554 none\r\n').map(({ code, enhanced }) => [code, enhanced]))
    .toEqual([[250, '2.1.0'], [550, '5.1.1'], [554, null]])
})

test('an enhanced code of another class than the reply is only text', () => {
  expect(read('450 5.1.1 later\r\n')[0]!.enhanced).toBe(null)
})

test('text in UTF-8 survives being cut inside a character', () => {
  const bytes = Buffer.from('550 zażółć\r\n', 'utf8').toString('latin1')
  expect(read(bytes.slice(0, 7), bytes.slice(7))[0]!.text).toBe('zażółć')
})

test.each([
  ['no SMTP at all', 'HTTP/1.1 400 Bad Request\r\n'],
  ['a code that changes within a reply', '250-one\r\n251 two\r\n'],
  ['a line without end', `250 ${'x'.repeat(3_000)}`],
  ['a reply without end', '250-more\r\n'.repeat(200)],
])('%s is refused instead of being believed or collected for ever', (_, text) => {
  expect(() => read(text)).toThrow(/server/)
})

test('a text that is too long is never cut in the middle of a character', () => {
  expect(oneLine(`${'x'.repeat(499)}\u{1f4e7}`)).toBe('x'.repeat(499))
  expect(oneLine(`${'x'.repeat(498)}\u{1f4e7}y`)).toBe(`${'x'.repeat(498)}\u{1f4e7}`)
})
