/** The contacts that the product is proved on: 10,000 as a real company might have them, with everything that goes wrong in such files. */
import { personAt, pick, randomFrom, type Person } from '../../src/demo/people.ts'

/** How many rows of which kind there are. An import must find exactly these. */
export type Expected = { rows: number; missing: number; malformed: number; twins: number; wrongColumnCount: number }

export type Row = { cells: string[]; isLatin1: boolean }

export const header = ['Customer No.', 'Salutation', 'First Name', 'Last Name', 'E-Mail', 'Phone', 'Street', 'City', 'Country', 'Notes']

const malformed = [
  (mailbox: string) => mailbox,
  (mailbox: string) => `${mailbox}@`,
  (_mailbox: string, domain: string) => `@${domain}`,
  (mailbox: string, domain: string) => `${mailbox}@@${domain}`,
  (mailbox: string, domain: string) => `${mailbox.replace('.', ' ')}@${domain}`,
  (mailbox: string, domain: string) => `${mailbox}@${domain.replace('.', '..')}`,
  (mailbox: string, domain: string) => `${mailbox}@${domain}, second@${domain}`,
]

const notes = ['', '', '', '', 'Prefers e-mail, not the phone', 'Said: "Call me back"', 'Two lines:\nthe second one', '5" screen; tab\there', 'Ünïcödé', '=SUM(A1:A9)']

export function contacts(count: number): { rows: Row[]; expected: Expected } {
  const expected: Expected = { rows: count, missing: 0, malformed: 0, twins: 0, wrongColumnCount: 0 }
  const rows = Array.from({ length: count }, (_, number) => rowAt(number, expected))
  return { rows, expected }
}

/** Of each 1,000: 15 without an address, 15 with a malformed one, 20 twins in upper case of an earlier address; of each 2,500 one row torn apart. */
function rowAt(number: number, expected: Expected): Row {
  const person = personAt(number)
  const random = randomFrom(number + 1_000_000)
  const place = number % 200
  let email = `${person.mailbox}@${person.domain}`
  if (place < 3) { email = ''; expected.missing++ }
  else if (place < 6) { email = pick(malformed, random)(person.mailbox, person.domain); expected.malformed++ }
  else if (place >= 196) { email = twinOf(personAt(number - 100)); expected.twins++ }
  const cells = cellsOf(number, person, email, random)
  if (number % 2_500 === 2_499) {
    cells.push('one cell', 'too many')
    expected.wrongColumnCount++
    expected.twins--
  }
  return { cells, isLatin1: cells.every((cell) => Buffer.from(cell, 'latin1').toString('latin1') === cell) }
}

const twinOf = ({ mailbox, domain }: Person): string => `${mailbox}@${domain}`.toUpperCase()

function cellsOf(number: number, person: Person, email: string, random: () => number): string[] {
  const phone = random() < 0.6 ? `+49 ${100 + number % 900} ${1_000_000 + number}` : ''
  const street = random() < 0.7 ? `${pick(['Main Street', 'Rue de l’Église', 'Hauptstraße', 'Long Lane, 2nd floor'], random)} ${number % 120 + 1}` : ''
  return [`C-${100_000 + number}`, person.salutation, person.firstName, person.lastName, email, phone, street, person.city, person.country, pick(notes, random)]
}
