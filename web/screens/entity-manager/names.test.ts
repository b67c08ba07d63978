/** Names guessed from words. */
import { expect, test } from 'vitest'
import { aOrAn, fieldNameOf, pluralOf, slugOf, typeNameOf } from './names.ts'

test('words become the names that programs use, whatever was typed', () => {
  expect([typeNameOf('Service contract'), typeNameOf('doctor'), typeNameOf('ServiceContract'), typeNameOf('Ärzte-Kammer'), typeNameOf('  ')]).toEqual(['ServiceContract', 'Doctor', 'ServiceContract', 'ArzteKammer', ''])
  expect([fieldNameOf('Licence number'), fieldNameOf('2nd Größe'), fieldNameOf('Dr.’s ID')]).toEqual(['licenceNumber', 'ndGrosse', 'drSId'])
  expect([slugOf('Service contracts'), slugOf('Ärzte')]).toEqual(['service-contracts', 'arzte'])
})

test('plurals and articles are those of most nouns', () => {
  expect(['Doctor', 'Company', 'Day', 'Bus', 'Branch', ''].map(pluralOf)).toEqual(['Doctors', 'Companies', 'Days', 'Buses', 'Branches', ''])
  expect(['Account', 'Doctor', 'User', 'Umbrella', 'University'].map(aOrAn)).toEqual(['an Account', 'a Doctor', 'a User', 'an Umbrella', 'a University'])
})
