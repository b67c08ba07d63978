/** Guessing fields by column names. */
import { expect, test } from 'vitest'
import { guessMapping } from './guess.ts'

const fields = [
  { name: 'firstName', label: 'First Name' }, { name: 'lastName', label: 'Last Name' },
  { name: 'emailAddress', label: 'Email' }, { name: 'addressCity', label: 'Address City' },
]

test('columns find their field by its name, its label or what others call it', () => {
  expect(guessMapping(['first_name', 'Nachname', 'E-Mail', 'City', 'Shoe size'], fields))
    .toEqual({ first_name: 'firstName', Nachname: 'lastName', 'E-Mail': 'emailAddress', City: 'addressCity' })
})

test('a field is given once, to the column that names it exactly', () => {
  expect(guessMapping(['mail', 'Email'], fields)).toEqual({ Email: 'emailAddress' })
})
