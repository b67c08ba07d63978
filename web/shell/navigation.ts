/** What the left navigation and the command palette offer, in order. Record types join from their definitions. */
import {
  type Icon, IconAddressBook, IconBuilding, IconFlask, IconHome, IconMailForward, IconSettings, IconSpeakerphone,
  IconTemplate, IconUserPlus, IconUsers, IconUsersGroup,
} from '@tabler/icons-react'
import { paths } from '../paths.ts'

export type Place = { title: string; to: string; icon: Icon; administrator?: boolean; words?: string }

export const work: Place[] = [
  { title: 'Home', to: paths.home(), icon: IconHome, words: 'start overview' },
  { title: 'Campaigns', to: paths.campaigns(), icon: IconSpeakerphone, words: 'newsletter' },
  { title: 'Mass Emails', to: paths.massEmails(), icon: IconMailForward, words: 'sending' },
  { title: 'Target Lists', to: paths.targetLists(), icon: IconUsersGroup, words: 'audience segments members' },
  { title: 'Templates', to: paths.templates(), icon: IconTemplate, words: 'email design' },
]

/** Icons of the shipped entity types; a custom one gets the address book. */
export const recordIcons: Record<string, Icon> = { Account: IconBuilding, Contact: IconAddressBook, Lead: IconUserPlus, User: IconUsers }

export const sandboxPlace: Place = { title: 'Sandbox', to: paths.sandbox(), icon: IconFlask, administrator: true, words: 'captured test mail inbox' }
export const administrationPlace: Place = { title: 'Administration', to: paths.administration(), icon: IconSettings, administrator: true, words: 'settings' }
