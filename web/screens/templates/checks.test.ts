import { expect, test } from 'vitest'
import { checkDraft } from './checks.ts'

const draft = { subject: 'Hello', body: '<p>{optOutLink}</p>', format: 'html', textBody: null }
const messages = (change: Partial<typeof draft>, level: string) =>
  checkDraft({ ...draft, ...change }).filter((check) => check.level === level).map(({ message }) => message)

test('a subject and a text are needed', () => {
  expect(messages({ subject: ' ', body: '' }, 'error')).toEqual(['There is no subject yet.', 'There is no text yet.'])
})

test('a text without an opt-out link is told that one is appended', () => {
  expect(messages({ body: '<p>Hi</p>' }, 'ok')).toEqual(['No opt-out link in the text: one is appended, with the postal address.'])
  expect(messages({ body: '<a href="{optOutUrl}">Leave</a>' }, 'ok')).toEqual(['The opt-out link is in the text.'])
})

test('images without alt text and plain http links are pointed out, in HTML only', () => {
  const body = '<img src="a.png"><img src="b.png" alt=""><a href="http://x.example/">x</a>'
  expect(messages({ body }, 'warning').length).toBe(2)
  expect(messages({ body, format: 'text' }, 'warning')).toEqual([])
})

test('what Gmail would cut off is measured in bytes, not letters', () => {
  expect(messages({ body: 'ї'.repeat(60_000) }, 'warning')).toHaveLength(1)
  expect(messages({ body: 'i'.repeat(60_000) }, 'warning')).toEqual([])
})
