/** The placeholders that can be inserted, in groups, from the definitions of the entity types. Pure. */
import type { EntityType } from '../../api/entity-types.ts'

export type PlaceholderGroup = { title: string; items: { label: string; code: string }[] }

const links: PlaceholderGroup = {
  title: 'Links and company',
  items: [
    { label: 'Opt-out link', code: '{optOutLink}' },
    { label: 'Address of the opt-out page', code: '{optOutUrl}' },
    { label: 'Address of the preferences page', code: '{preferencesUrl}' },
    { label: 'View in the browser', code: '{viewInBrowserUrl}' },
    { label: 'Postal address of the company', code: '{companyAddress}' },
  ],
}
const times: PlaceholderGroup = {
  title: 'Date',
  items: [{ label: 'Today', code: '{today}' }, { label: 'Now', code: '{now}' }, { label: 'Current year', code: '{currentYear}' }],
}

/** Person first: it works for every type of person, so most templates need nothing else. */
export function placeholderGroups(types: EntityType[]): PlaceholderGroup[] {
  const people = types.filter(({ baseType }) => baseType.toLowerCase() === 'person')
  const person: PlaceholderGroup = {
    title: 'Any person',
    items: [
      { label: 'First name, or “there”', code: '{Person.firstName|there}' },
      { label: 'Last name', code: '{Person.lastName}' },
      { label: 'Name', code: '{Person.name}' },
      { label: 'Email address', code: '{Person.emailAddress}' },
    ],
  }
  return [person, links, times, ...[...people, ...types.filter((type) => !people.includes(type))].map(groupOf)]
}

const groupOf = ({ name, fields }: EntityType): PlaceholderGroup => ({
  title: name,
  items: fields.filter(({ type }) => !unreadable.includes(type)).map((field) => ({ label: field.label, code: `{${name}.${field.name}${field.type === 'link' ? '.name' : ''}}` })),
})

/** Fields that are no text for a reader. */
const unreadable = ['linkMultiple', 'id']
