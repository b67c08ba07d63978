/** Which column of a file means which field: guesses by name. Pure. */
import type { Fault } from '../platform/errors.ts'
import { type EntityType, keyOf } from '../records/definition.ts'
import { writableFields } from '../records/record-values.ts'

/** Other names people give to a field, without spaces and signs, in a few languages. Addresses go by the part behind the prefix. */
const otherNames: Record<string, string[]> = {
  emailAddress: [
    'email', 'mail', 'emailaddress', 'mailaddress', 'emailadresse', 'mailadresse', 'courriel', 'adresseemail', 'correo', 'correoelectrónico', 'emailid',
  ],
  firstName: ['firstname', 'givenname', 'forename', 'vorname', 'prenom', 'prénom', 'nombre', 'nome'],
  lastName: ['lastname', 'surname', 'familyname', 'nachname', 'familienname', 'nom', 'nomdefamille', 'apellido', 'apellidos', 'cognome'],
  userName: ['username', 'login'],
  name: ['company', 'companyname', 'account', 'accountname', 'organisation', 'organization', 'firma', 'société', 'empresa'],
  account: ['company', 'companyname', 'organisation', 'organization', 'firma', 'société', 'empresa'],
  accountName: ['company', 'companyname', 'organisation', 'organization', 'firma'],
  phoneNumber: ['phone', 'telephone', 'phonenumber', 'tel', 'telefon', 'telefonnummer', 'mobile', 'mobilephone', 'téléphone', 'teléfono'],
  salutation: ['anrede', 'prefix', 'civilité', 'salutation'],
  title: ['jobtitle', 'position', 'function', 'role', 'funktion'],
  description: ['notes', 'note', 'comment', 'comments', 'remarks', 'bemerkung', 'notizen', 'description'],
  website: ['web', 'url', 'homepage', 'website', 'webseite'],
  doNotEmail: ['donotemail', 'nomail', 'noemail', 'keinemail'],
  optedOut: ['unsubscribed', 'optedout', 'optout', 'hasoptedoutofemail', 'abgemeldet', 'désinscrit', 'emailoptout'],
  invalidAddress: ['bounced', 'hardbounced', 'hardbounce', 'invalid', 'invalidemail', 'invalidaddress', 'ungültig'],
  street: ['street', 'streetaddress', 'address', 'address1', 'addressline1', 'strasse', 'straße', 'rue', 'calle'],
  city: ['city', 'town', 'ort', 'stadt', 'ville', 'ciudad'],
  state: ['state', 'region', 'province', 'county', 'bundesland'],
  postalCode: ['zip', 'zipcode', 'postcode', 'postalcode', 'plz', 'postleitzahl', 'codepostal'],
  country: ['country', 'land', 'pays', 'país', 'pais'],
}

/** The field for each column, or null; no field twice, the best named column first. */
export function guessMapping(type: EntityType, columns: readonly string[]): (string | null)[] {
  const fields = guessable(type)
  const taken = new Set<string>()
  const guesses: (string | null)[] = columns.map(() => null)
  for (const fits of [exactly, byOtherName]) {
    columns.forEach((column, index) => {
      const found = fields.find(({ key, fills, label }) => !taken.has(fills) && fits(squeezed(column), key, label))
      if (guesses[index] !== null || !found) return
      guesses[index] = found.key
      taken.add(found.fills)
    })
  }
  return guesses
}

/** What a column may be guessed to be: fields, links by the names of their records, and what an address refused. */
function guessable(type: EntityType): { key: string; fills: string; label: string }[] {
  const fields = [...writableFields(type)].map(([key, field]) => ({ key, fills: key, label: field.linksTo ? `${field.label} ID` : field.label }))
  const links = type.fields.filter(({ linksTo, readOnly }) => linksTo && !readOnly).map((field) => ({ key: field.name, fills: keyOf(field), label: field.label }))
  const names = links.map((link) => ({ ...link, label: `${link.label} Name` }))
  return [...fields, ...links, ...names, ...(type.mailable ? [{ key: 'optedOut', fills: 'optedOut', label: 'Opted Out' }, { key: 'invalidAddress', fills: 'invalidAddress', label: 'Invalid Address' }] : [])]
}

const exactly = (column: string, key: string, label: string) => column !== '' && (column === squeezed(key) || column === squeezed(label))
const byOtherName = (column: string, key: string) => (otherNames[meaningOf(key)] ?? []).includes(column)

/** `billingAddressCity` and `addressCity` both mean a city. */
function meaningOf(key: string): string {
  const part = /^(?:billingAddress|address)([A-Z].*)$/.exec(key)?.[1]
  return part ? part[0]!.toLowerCase() + part.slice(1) : key
}

const squeezed = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** A longer name is none; it is what stands in a row of data. */
const longestName = 500

export function headerFaults(firstRow: readonly string[], hasHeader: boolean): Fault[] {
  const index = hasHeader ? firstRow.findIndex((cell) => cell.length > longestName) : -1
  if (index < 0) return []
  return [{ path: 'file', message: `The name of column ${index + 1} is longer than ${longestName} characters: "${firstRow[index]!.slice(0, 60)}…". Shorten it, or say that the first row is no header.` }]
}

/** Columns by name: one without a name (all, when there is no header) is called by its place, a second one of the same name is numbered. */
export function columnNames(firstRow: readonly string[], hasHeader: boolean): string[] {
  const seen = new Map<string, number>()
  return firstRow.map((cell, index) => {
    const name = (hasHeader && cell.trim()) || `Column ${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}
