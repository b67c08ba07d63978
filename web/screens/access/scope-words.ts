/** What an API key may be used for, in words: the parts of the product, what most keys are for, and a key's scopes as one sentence. */
import { type Area, areas, type Scope } from '../../../src/access/contract.ts'

export const areaWords: Record<Area, { label: string; about: string }> = {
  records: { label: 'Records', about: 'Contacts, accounts, leads and types of your own; exports of them; the bin.' },
  imports: { label: 'Imports', about: 'Files with records. Into a target list it needs Target lists, too.' },
  targetLists: { label: 'Target lists', about: 'Lists, their members and reports that fill them; subscription forms.' },
  optOuts: { label: 'Opt-outs', about: 'Who is never mailed, and opting out of a list.' },
  templates: { label: 'Templates', about: 'Email templates.' },
  campaigns: { label: 'Campaigns', about: 'Campaigns, tracking URLs, the log and the figures.' },
  sending: { label: 'Sending', about: 'Mass emails: write, test, schedule, pause; test groups.' },
  reports: { label: 'Reports', about: 'Reports and when they are mailed.' },
  settings: { label: 'Settings', about: 'Settings, accounts, jobs, Delivery Health, Entity Manager, layouts. Whoever may change them can have all mail leave by a server of his own, also links for forgotten passwords.' },
  users: { label: 'Users', about: 'Users, roles, teams, API keys, sign-in, the audit log, the mail in the Sandbox. Whoever may change them can give himself everything.' },
}

export type Reach = 'no' | 'read' | 'write'
export type Reaches = Record<Area, Reach>

export const reachWords: { value: Reach; label: string }[] = [{ value: 'no', label: 'No' }, { value: 'read', label: 'Read' }, { value: 'write', label: 'Change' }]

const none = Object.fromEntries(areas.map((area) => [area, 'no'])) as Reaches

export const scopesOf = (reaches: Reaches): Scope[] => areas.flatMap((area): Scope[] => (reaches[area] === 'no' ? [] : [`${area}:${reaches[area]}`]))

export type Template = { value: string; label: string; about: string; scopes: Scope[] }
/** `own` is a choice of one's own, by area. */
export const templates: Template[] = [
  { value: 'everything', label: 'Everything', about: 'Whatever its user may do.', scopes: ['all:write'] },
  { value: 'read', label: 'Read only', about: 'Sees what its user sees and changes nothing: for dashboards and copies.', scopes: ['all:read'] },
  { value: 'import', label: 'Import contacts', about: 'Brings files with records in, and into target lists; reads records.', scopes: ['imports:write', 'records:read', 'targetLists:write'] },
  { value: 'send', label: 'Send', about: 'Writes templates, campaigns and mass emails and sends them; reads target lists and reports.', scopes: ['sending:write', 'campaigns:write', 'templates:write', 'targetLists:read', 'reports:read'] },
]

/** To begin a choice of one's own with. */
export function reachesOf(scopes: readonly Scope[]): Reaches {
  const given = scopes.map((scope) => scope.split(':') as [Area | 'all', 'read' | 'write'])
  const reach = (area: Area): Reach => {
    const own = given.filter(([name]) => name === area || name === 'all').map(([, access]) => access)
    return own.includes('write') ? 'write' : own.includes('read') ? 'read' : 'no'
  }
  return { ...none, ...Object.fromEntries(areas.map((area) => [area, reach(area)])) }
}

/** "Everything", "Reads everything", "Changes imports, target lists; reads records". */
export function scopesInWords(scopes: readonly Scope[]): string {
  if (scopes.includes('all:write')) return 'Everything'
  const reaches = reachesOf(scopes)
  const named = (reach: Reach) => areas.filter((area) => reaches[area] === reach).map((area) => areaWords[area].label.toLowerCase()).join(', ')
  const reads = scopes.includes('all:read') ? (named('write') ? 'reads everything' : 'Reads everything') : named('read') && `reads ${named('read')}`
  return [named('write') && `changes ${named('write')}`, reads].filter(Boolean).join('; ').replace(/^./, (letter) => letter.toUpperCase())
}

const dayMs = 24 * 3600_000
const forgottenAfterDays = 90

/** What somebody should think about a key, or nothing. */
export function adviceOn({ createdAt, lastUsedAt, expiresAt }: { createdAt: string; lastUsedAt: string | null; expiresAt: string | null }, now: Date): string | undefined {
  const daysSince = (at: string) => (now.getTime() - new Date(at).getTime()) / dayMs
  if (expiresAt && daysSince(expiresAt) >= 0) return 'It is over and opens nothing any more: remove it, or make a new one.'
  if (!lastUsedAt) return daysSince(createdAt) > 1 ? 'Never used. If nobody is going to, remove it.' : undefined
  return daysSince(lastUsedAt) >= forgottenAfterDays ? `Not used for ${Math.floor(daysSince(lastUsedAt))} days. If nothing needs it any more, remove it.` : undefined
}
