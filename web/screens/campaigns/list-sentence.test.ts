import { expect, test } from 'vitest'
import { type ListChoice, listSentence } from './list-sentence.ts'

const nothing: ListChoice = { including: [], excluding: [], massEmails: [], links: [], entityTypes: [], from: null, to: null, machine: 'exclude' }

test('only contacts who clicked one link and did not opt out', () => {
  expect(listSentence({ ...nothing, including: ['clicked'], excluding: ['optedOut'], links: ['Shop'], entityTypes: ['contacts'], massEmails: ['Autumn offer'] })).toBe(
    'All contacts who clicked “Shop” and did not opt out, in “Autumn offer”. '
    + 'Opens and clicks by machines are left out. Each person once; opt-outs are carried over and tests never count.')
})

test('who got it and did not open it: no word about machines, since only people who opened are taken out', () => {
  expect(listSentence({ ...nothing, including: ['sent'], excluding: ['opened'] })).toBe(
    'Everybody who got it and did not open it. Each person once; opt-outs are carried over and tests never count.')
})

test('several actions are joined by or, times are named', () => {
  expect(listSentence({ ...nothing, including: ['opened', 'clicked', 'replied'], from: '1 May', machine: 'include' })).toMatch(
    /^Everybody who opened it, clicked or replied, since 1 May\. Opens and clicks by machines count too\./)
})

test('nothing chosen asks for a choice', () => {
  expect(listSentence(nothing)).toBe('Choose at least one thing that happened.')
})
