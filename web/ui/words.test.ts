/** Codes in words. */
import { expect, test } from 'vitest'
import { counted, inWords } from './words.ts'

test('camel case and kebab case become a sentence, some codes have words of their own', () => {
  expect(['informationalEmail', 'send-mass-emails', 'optedOut', 'smtp'].map(inWords)).toEqual(['Informational email', 'Send mass emails', 'Opted out', 'SMTP'])
})

test('one is one, and many have an s or their own plural', () => {
  expect([counted(1, 'contact'), counted(2, 'contact'), counted(0, 'person', 'people')]).toEqual(['1 contact', '2 contacts', '0 people'])
})
