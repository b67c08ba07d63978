/** What is chosen in the dialog that makes a target list from the log: begun from the filters, ended as the body of the call. Pure. */
import type { ListChoice } from './list-sentence.ts'
import type { LogAction } from './log-actions.ts'
import { type LogFilter, logQuery } from './use-log-filter.ts'

export type ListRequest = {
  into: 'new' | 'existing'
  name: string
  including: LogAction[]
  excluding: LogAction[]
  massEmailIds: string[]
  trackingUrlIds: string[]
  entityTypes: string[]
  from: string | null
  to: string | null
  machine: 'exclude' | 'include'
}
type Named = { id: string; name: string }

/** What is filtered for in the log is what the list is about. */
export const requestFrom = (filter: LogFilter, campaignName: string): ListRequest => ({
  into: 'new',
  name: `${campaignName}: ${filter.action ?? 'clicked'}`,
  including: [filter.action ?? 'clicked'],
  excluding: [],
  massEmailIds: filter.massEmailId ? [filter.massEmailId] : [],
  trackingUrlIds: filter.trackingUrlId ? [filter.trackingUrlId] : [],
  entityTypes: filter.entityType ? filter.entityType.split(',') : [],
  from: filter.from ?? null,
  to: filter.to ?? null,
  machine: filter.machine === 'true' ? 'include' : 'exclude',
})

export function choiceOf(request: ListRequest, known: { massEmails: Named[]; links: Named[]; types: { name: string; plural: string }[] }): ListChoice {
  const namesOf = (ids: string[], things: Named[]) => ids.map((id) => things.find((thing) => thing.id === id)?.name ?? '…')
  const day = (text: string | null) => text && new Date(`${text}T12:00`).toLocaleDateString(undefined, { dateStyle: 'medium' })
  return {
    including: request.including,
    excluding: request.excluding,
    machine: request.machine,
    massEmails: namesOf(request.massEmailIds, known.massEmails),
    links: namesOf(request.trackingUrlIds, known.links),
    entityTypes: request.entityTypes.map((name) => (known.types.find((type) => type.name === name)?.plural ?? name).toLowerCase()),
    from: day(request.from),
    to: day(request.to),
  }
}

export function bodyOf(request: ListRequest, existingListId: string | undefined) {
  const { including, excluding, machine } = request
  const some = (ids: string[]) => (ids.length > 0 ? ids : undefined)
  const { from, to } = logQuery({ from: request.from ?? undefined, to: request.to ?? undefined } as LogFilter)
  return {
    ...(request.into === 'existing' && existingListId ? { targetListId: existingListId } : { name: request.name.trim() }),
    including, excluding, machine, from, to,
    massEmailIds: some(request.massEmailIds),
    trackingUrlIds: including.includes('clicked') ? some(request.trackingUrlIds) : undefined,
    entityTypes: some(request.entityTypes),
  }
}
