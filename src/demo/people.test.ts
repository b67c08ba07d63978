/** Invented people must be the same every time and never share an address, or the demo's figures would change. */
import { expect, test } from 'vitest'
import { personAt } from './people.ts'

const people = Array.from({ length: 10_000 }, (_, number) => personAt(number))

test('the same number is always the same person', () => {
  expect(personAt(4_711)).toEqual(people[4_711])
})

test('ten thousand people have ten thousand addresses, with ASCII before the @', () => {
  expect(new Set(people.map(({ mailbox, domain }) => `${mailbox}@${domain}`)).size).toBe(10_000)
  expect(people.filter(({ mailbox }) => !/^[a-z]+\.[a-z]+\d+$/.test(mailbox))).toEqual([])
})

test('their names are written in ten scripts', () => {
  const scripts = ['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Han', 'Hiragana', 'Hangul']
  for (const script of scripts) {
    const letters = new RegExp(`\\p{Script=${script}}`, 'u')
    expect(people.filter(({ firstName, lastName }) => letters.test(firstName + lastName)).length, script).toBeGreaterThan(50)
  }
})
