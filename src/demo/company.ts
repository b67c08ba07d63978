/** The company of the demo: Harbour & Finch, a small press with a bookshop. Its trade customers, its words, its addresses; no I/O. */
import { personAt, type Person } from './people.ts'

export const company = {
  companyName: 'Harbour & Finch',
  postalAddress: 'Harbour & Finch, 12 Quay Street, Galway, H91 X2A4, Ireland',
}

export const sender = { fromAddress: 'letters@harbour-finch.example', fromName: 'Harbour & Finch' }

export const accounts = [
  { name: 'Corner Bookshop', industry: 'Retail', billingAddressCity: 'Dublin', billingAddressCountry: 'Ireland', emailAddress: 'orders@corner-bookshop.example' },
  { name: 'Bücherstube am Markt', industry: 'Retail', billingAddressCity: 'Görlitz', billingAddressCountry: 'Germany', emailAddress: 'bestellung@bücherstube.example' },
  { name: 'Księgarnia Pod Arkadami', industry: 'Retail', billingAddressCity: 'Kraków', billingAddressCountry: 'Poland', emailAddress: 'zamowienia@pod-arkadami.example' },
  { name: 'Книгарня «Є»', industry: 'Retail', billingAddressCity: 'Київ', billingAddressCountry: 'Ukraine', emailAddress: 'office@knyharnia.example' },
  { name: 'Liffey City Library', industry: 'Library', billingAddressCity: 'Dublin', billingAddressCountry: 'Ireland', emailAddress: 'acquisitions@liffey-library.example' },
  { name: 'Paper & Tide Distribution', industry: 'Wholesale', billingAddressCity: 'Cork', billingAddressCountry: 'Ireland', emailAddress: 'trade@paper-and-tide.example' },
]

/** Everybody in the demo has a number of their own; readers come first, visitors of the book fair after them. */
export const readerCount = 180
export const visitorCount = 40

const header = ['Salutation', 'First name', 'Last name', 'Email', 'City', 'Country']
export const mapping = {
  Salutation: 'salutation', 'First name': 'firstName', 'Last name': 'lastName', Email: 'emailAddress', City: 'addressCity', Country: 'addressCountry',
}

/** As a subscription list really looks: a few without an address, a few mistyped, a few twice, a few that are dead, full or away. */
export function readersFile(): string {
  const rows = Array.from({ length: readerCount }, (_, number) => {
    const person = personAt(number)
    return [person.salutation, person.firstName, person.lastName, readerAddress(number, person), person.city, person.country]
  })
  return [header, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
}

function readerAddress(number: number, { mailbox, domain }: Person): string {
  if (number % 60 === 7) return ''
  if (number % 60 === 23) return `${mailbox}@`
  if (number % 60 === 41) return addressOf(personAt(number - 20)).toUpperCase()
  if (number % 60 === 11) return `hard-bounce.${mailbox}@${domain}`
  if (number % 90 === 33) return `soft-bounce.${mailbox}@${domain}`
  if (number % 90 === 57) return `auto-reply.${mailbox}@${domain}`
  return `${mailbox}@${domain}`
}

/** One of them calls the letter spam: a visitor who never asked for it. */
export const visitors = () => Array.from({ length: visitorCount }, (_, number) => {
  const person = personAt(1_000 + number)
  return {
    salutation: person.salutation, firstName: person.firstName, lastName: person.lastName, emailAddress: number === visitorCount - 1 ? `complaint.${addressOf(person)}` : addressOf(person),
    addressCity: person.city, source: 'Frankfurt Book Fair', accountName: accounts[number % accounts.length]!.name,
  }
})

const addressOf = ({ mailbox, domain }: Person): string => `${mailbox}@${domain}`
