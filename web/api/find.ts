/** Finding things by name: for pickers (one kind) and the command palette (all kinds). */
import { type Icon, IconAddressBook, IconChartBar, IconMailForward, IconSpeakerphone, IconTemplate, IconUsersGroup } from '@tabler/icons-react'
import { inWords } from '../ui/words.ts'
import { displayAddress } from '../ui/address.ts'
import { paths } from '../paths.ts'
import type { EntityType } from './entity-types.ts'
import { request } from './request.ts'

type Named = { id: string; name: string | null; emailAddress?: string | null; userName?: string | null }

async function search(resource: string, text: string, limit: number, signal?: AbortSignal, within: Record<string, string> = {}): Promise<Named[]> {
  const page = await request<{ items: Named[] }>('GET', `/api/v1/${resource}`, { query: { ...within, q: text, limit }, signal })
  return page.items
}

/** For a RecordPicker: the first few of one resource (`contacts`, `target-lists`, `email-templates`) whose text matches; `within` narrows, for example to a campaign. */
export const finder = (resource: string, within: Record<string, string> = {}) => async (text: string) =>
  (await search(resource, text, 20, undefined, within)).map((found) => ({ id: found.id, name: found.name || displayAddress(found.emailAddress ?? '') || 'No name', hint: found.emailAddress ? displayAddress(found.emailAddress) : undefined }))

/** The name of one thing of a resource, for an id that came from an address. */
export const nameOfOne = async (resource: string, id: string): Promise<string> =>
  (await request<Named>('GET', `/api/v1/${resource}/${id}`).catch(() => null))?.name ?? 'Removed'

type Found = { title: string; to: string; icon: Icon; type?: EntityType; words?: string }
const things: { resource: string; words: string; icon: Icon; type?: EntityType; to: (id: string) => string }[] = [
  { resource: 'campaigns', words: 'Campaign', icon: IconSpeakerphone, to: paths.campaign },
  { resource: 'mass-emails', words: 'Mass Email', icon: IconMailForward, to: paths.massEmail },
  { resource: 'target-lists', words: 'Target List', icon: IconUsersGroup, to: paths.targetList },
  { resource: 'email-templates', words: 'Template', icon: IconTemplate, to: paths.template },
  { resource: 'reports', words: 'Report', icon: IconChartBar, to: paths.report },
]

/** Three of each kind at most. A kind that cannot be searched right now is left out rather than failing the rest. */
export async function findEverywhere(text: string, types: EntityType[], signal?: AbortSignal): Promise<Found[]> {
  const kinds = [
    ...things,
    ...types.map((type) => ({ resource: type.slug, words: inWords(type.name), icon: IconAddressBook, type, to: (id: string) => paths.record(type.slug, id) })),
  ]
  const found = await Promise.all(kinds.map(async ({ resource, words, icon, to, type }) => {
    const items = await search(resource, text, 3, signal).catch(() => [])
    return items.map(({ id, name, emailAddress }) => ({ title: name || emailAddress || 'No name', to: to(id), icon, ...(type && { type }), words: emailAddress ? `${words} · ${displayAddress(emailAddress)}` : words }))
  }))
  return found.flat()
}
