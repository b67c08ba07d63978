/** The places this person may go, in groups: work, records, the rest. */
import { IconAddressBook } from '@tabler/icons-react'
import { useKnownEntityTypes } from '../api/entity-types.ts'
import { useIsAdministrator, useRights } from '../api/session.ts'
import { paths } from '../paths.ts'
import { type Place, administrationPlace, sandboxPlace, work } from './navigation.ts'

/** The company's own types stand behind those that ship. */
const shipped = ['Account', 'Contact', 'Lead']
const turnOf = (name: string) => (shipped.includes(name) ? shipped.indexOf(name) : shipped.length)

export function usePlaces(): Place[][] {
  const administrator = useIsAdministrator()
  const { some } = useRights()
  const records = useKnownEntityTypes()
    .filter(({ name }) => name !== 'User' && some(name, 'read'))
    .sort((a, b) => turnOf(a.name) - turnOf(b.name))
    .map((type): Place => ({ title: type.plural, to: paths.records(type.slug), icon: IconAddressBook, type }))
  const rest = [sandboxPlace, administrationPlace].filter((place) => administrator || !place.administrator)
  return [work.filter(({ needs }) => needs === undefined || some(needs, 'read')), records, rest].filter((group) => group.length > 0)
}
