/** Every placeholder that a template may use, in the groups of the editor's menu. Pure. */
import type { EntityType } from '../records/definition.ts'
import { anyPerson, assignedUser, labelOf, pathsOf, type TypeWord, type Vocabulary } from './vocabulary.ts'

export type PlaceholderGroup = { title: string; placeholders: { code: string; label: string }[] }

const links: PlaceholderGroup = {
  title: 'Links',
  placeholders: [
    { code: '{optOutLink}', label: 'Opt-out link' }, { code: '{optOutUrl}', label: 'Address of the opt-out page' },
    { code: '{preferencesUrl}', label: 'Address of the preferences page' }, { code: '{viewInBrowserUrl}', label: 'Address of the mail in the browser' },
  ],
}
const company: PlaceholderGroup = {
  title: 'Company and date',
  placeholders: [
    { code: '{companyAddress}', label: 'Postal address' }, { code: '{today}', label: 'Today' },
    { code: '{now}', label: 'Date and time' }, { code: '{currentYear}', label: 'Year' },
  ],
}

/** Person first: it works for every type of person, so most templates need nothing else. */
export function placeholderGroups(vocabulary: Vocabulary, mailable: readonly EntityType[]): PlaceholderGroup[] {
  const people = mailable.filter(({ baseType, name }) => baseType === 'person' && name !== assignedUser)
  return [
    { title: 'Any person', placeholders: commonPaths(vocabulary, people).map(({ path, label }) => ({ code: `{${anyPerson}.${path}}`, label })) },
    links, company,
    ...mailable.filter(({ name }) => name !== assignedUser).map(({ name }) => groupOf(vocabulary, name, name)),
    groupOf(vocabulary, assignedUser, 'Assigned user of the campaign'),
  ]
}

function groupOf(vocabulary: Vocabulary, name: string, title: string): PlaceholderGroup {
  const type: TypeWord | undefined = vocabulary.get(name)
  const paths = type ? pathsOf(vocabulary, type) : []
  return { title, placeholders: paths.map((path) => ({ code: `{${name}.${path}}`, label: labelOf(vocabulary, name, path) })) }
}

/** Own fields that every type of person has. */
function commonPaths(vocabulary: Vocabulary, people: readonly EntityType[]): { path: string; label: string }[] {
  const [first, ...others] = people.map(({ name }) => vocabulary.get(name)!)
  return [...(first?.fields ?? [])].filter(([path]) => others.every(({ fields }) => fields.has(path))).map(([path, { label }]) => ({ path, label }))
}
