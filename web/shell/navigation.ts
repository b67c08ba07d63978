/** What the left navigation and the command palette offer, in order. Record types join from their definitions. */
import { type Icon, IconChartBar, IconFlask, IconHome, IconMailForward, IconSettings, IconSpeakerphone, IconTemplate, IconUsersGroup } from '@tabler/icons-react'
import type { EntityType } from '../api/entity-types.ts'
import { paths } from '../paths.ts'

/** A place of records has the icon of its entity type. `needs`: some of what it shows must be readable. */
export type Place = { title: string; to: string; icon: Icon; type?: EntityType; administrator?: boolean; words?: string; needs?: string }

export const work: Place[] = [
  { title: 'Home', to: paths.home(), icon: IconHome, words: 'start overview' },
  { title: 'Campaigns', to: paths.campaigns(), icon: IconSpeakerphone, words: 'newsletter', needs: 'Campaign' },
  { title: 'Mass Emails', to: paths.massEmails(), icon: IconMailForward, words: 'sending', needs: 'Campaign' },
  { title: 'Target Lists', to: paths.targetLists(), icon: IconUsersGroup, words: 'audience segments members', needs: 'TargetList' },
  { title: 'Templates', to: paths.templates(), icon: IconTemplate, words: 'email design', needs: 'EmailTemplate' },
  { title: 'Reports', to: paths.reports(), icon: IconChartBar, words: 'charts figures summary statistics', needs: 'Report' },
]

export const sandboxPlace: Place = { title: 'Sandbox', to: paths.sandbox(), icon: IconFlask, administrator: true, words: 'captured test mail inbox' }
export const administrationPlace: Place = { title: 'Administration', to: paths.administration(), icon: IconSettings, administrator: true, words: 'settings' }
