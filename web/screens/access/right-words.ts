/** Rights in words: what people of a role can do with one kind of thing. */
import type { Level, Permission, TypeRights } from '../../../src/access/contract.ts'

export const levelWords: Record<Level, string> = { no: 'None', own: 'Own', team: "Team's", all: 'All' }

const reach: Record<Level, (things: string) => string> = {
  no: (things) => `no ${things}`, own: (things) => `their own ${things}`, team: (things) => `${things} of their teams`, all: (things) => `all ${things}`,
}

/** In the end: what may not be seen can be neither changed nor deleted. */
const capped = (level: Level, read: Level): Level => order[Math.min(order.indexOf(level), order.indexOf(read))]!

/** "See all contacts, change their own, delete none, and create new ones." */
export function rightsInWords({ create, read, edit, delete: remove }: TypeRights, things: string): string {
  if (read === 'no') return create ? `See no ${things}, but can create them.` : `See no ${things}.`
  const short = (level: Level) => {
    const reached = capped(level, read)
    return reached === read ? 'the same' : { no: 'none', own: 'their own', team: "their teams'", all: 'all' }[reached]
  }
  return `See ${reach[read](things)}, change ${short(edit)}, delete ${short(remove)}${create ? ', and create new ones' : ''}.`
}

const order: Level[] = ['no', 'own', 'team', 'all']

export const permissionWords: { value: Permission; label: string; description: string }[] = [
  { value: 'send', label: 'Send', description: 'Set a mass email Pending, and make one that stands still go on.' },
  { value: 'sendInformational', label: 'Send informational', description: 'Also Informational Email, which reaches people who opted out.' },
  { value: 'changeOptOuts', label: 'Change opt-outs', description: 'See and change who is never mailed, and cancel opt-outs with a reason.' },
  { value: 'import', label: 'Import', description: 'Bring records in from files.' },
  { value: 'export', label: 'Export', description: 'Take records and logs out as files.' },
  { value: 'massUpdate', label: 'Mass update', description: 'Change many records at once.' },
  { value: 'administer', label: 'Administer', description: 'Everything under Administration but users, roles, teams and API keys.' },
]
