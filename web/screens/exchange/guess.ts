/** Guesses which field a column of a file is meant for, by its name. */
type Guessable = { name: string; label: string }

/** What columns are called elsewhere. */
const otherNames: Record<string, string[]> = {
  emailAddress: ['email', 'mail', 'emailaddress', 'emailadresse', 'correo', 'courriel'],
  firstName: ['first', 'firstname', 'givenname', 'forename', 'vorname', 'prenom', 'nombre'],
  lastName: ['last', 'lastname', 'surname', 'familyname', 'nachname', 'name', 'nom', 'apellido'],
  salutation: ['salutation', 'anrede', 'mr', 'honorific'],
  title: ['title', 'jobtitle', 'position', 'role'],
  phoneNumber: ['phone', 'telephone', 'tel', 'mobile', 'telefon', 'phonenumber'],
  accountName: ['company', 'organisation', 'organization', 'firma', 'employer'],
  accountId: ['account', 'company', 'accountname', 'organisation', 'organization', 'firma'],
  addressStreet: ['street', 'address', 'strasse', 'address1'],
  addressCity: ['city', 'town', 'ort', 'stadt', 'ville'],
  addressState: ['state', 'province', 'region'],
  addressPostalCode: ['zip', 'zipcode', 'postcode', 'postalcode', 'plz'],
  addressCountry: ['country', 'land', 'pays'],
  website: ['web', 'url', 'homepage'],
  description: ['notes', 'note', 'comment', 'remarks'],
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Column → field; each field once, exact names before other names. Columns nobody can place are left out. */
export function guessMapping(header: string[], fields: Guessable[]): Record<string, string> {
  const mapping: Record<string, string> = {}
  const place = (matches: (column: string, field: Guessable) => boolean) => {
    for (const column of header.filter((each) => !(each in mapping))) {
      const taken = new Set(Object.values(mapping))
      const field = fields.find((each) => !taken.has(each.name) && matches(plain(column), each))
      if (field) mapping[column] = field.name
    }
  }
  place((column, { name, label }) => column === plain(name) || column === plain(label))
  place((column, { name }) => (otherNames[name] ?? []).includes(column))
  return mapping
}
