/** A filter as a person would say it: "City is Berlin or Hamburg", "Did not click in Autumn offer in the last 30 days". */
import { useQueries } from '@tanstack/react-query'
import { isTime } from '../../src/listing/field-kinds.ts'
import type { ValueChoices } from './FilterBuilder.tsx'
import { type Condition, type Deed, type FilterField, type Match, type Part, activityOf, fieldOf, isAsked, isGroup, operatorOf } from './filter.ts'
import { conditionsIn } from './filter-tree.ts'

export type Names = Record<string, string>

/** Values that are ids get their names as soon as those are known. */
export function usePartWords(part: Part, fields: readonly FilterField[], choices: ValueChoices): string {
  return partWords(part, fields, useNames(conditionsIn(part).flatMap((condition) => namedIn(condition, fieldOf(fields, condition.name))), choices))
}

type Named = { field: FilterField; id: string }

export function useNames(wanted: Named[], { nameOf }: ValueChoices): Names {
  const found = useQueries({
    queries: wanted.map(({ field, id }) => ({
      queryKey: ['name of a value', field.type, field.name, id], queryFn: () => nameOf!(field, id), enabled: nameOf !== undefined, staleTime: 60_000,
    })),
  })
  return Object.fromEntries(wanted.flatMap(({ id }, index) => (found[index]?.data === undefined ? [] : [[id, found[index].data]])))
}

export const campaignField: FilterField = { name: 'campaignId', label: 'Campaign', type: 'campaign' }
export const massEmailField: FilterField = { name: 'massEmailId', label: 'Mass email', type: 'massEmail' }
export const trackingUrlField: FilterField = { name: 'trackingUrlId', label: 'Link', type: 'trackingUrl' }

function namedIn({ value }: Condition, field: FilterField): Named[] {
  if (field.type === 'activity') {
    const deed = (value ?? {}) as Record<string, string | undefined> & Deed
    const named = [campaignField, massEmailField, trackingUrlField].map((each) => ({ field: each, id: deed[each.name] }))
    return [...named, ...(deed.campaignIds ?? []).map((id) => ({ field: campaignField, id }))].filter((each): each is Named => Boolean(each.id))
  }
  return hasIds(field) ? [isAsked(value) ? value.default : value].flat().filter((id): id is string => typeof id === 'string').map((id) => ({ field, id })) : []
}

export const hasIds = ({ type, options }: FilterField) => !options && ['link', 'linkMultiple', 'targetList', 'campaign', 'massEmail', 'trackingUrl'].includes(type)

export function partWords(part: Part, fields: readonly FilterField[], names: Names = {}, inside = false): string {
  if (!isGroup(part)) return conditionWords(part, fieldOf(fields, part.name), names)
  if (part.parts.length === 0) return 'anybody'
  const words = sameQuestion(part, fields, names) ?? part.parts.map((each) => partWords(each, fields, names, true)).join(joints[part.match])
  const many = part.parts.length > 1
  if (part.match === 'none' || part.match === 'notAll') return many ? `not (${words})` : `not: ${words}`
  return inside && many ? `(${words})` : words
}

const joints: Record<Match, string> = { any: ' or ', none: ' or ', all: ' and ', notAll: ' and ' }

/** "City is Berlin or Hamburg" rather than "City is Berlin or City is Hamburg". */
function sameQuestion({ match, parts }: { match: Match; parts: Part[] }, fields: readonly FilterField[], names: Names): string | undefined {
  const conditions = parts.filter((part): part is Condition => !isGroup(part))
  const [first] = conditions
  if (!first || conditions.length < 2 || conditions.length < parts.length || (match !== 'any' && match !== 'none')) return undefined
  const field = fieldOf(fields, first.name)
  if (operatorOf(field.type, first.op)?.value !== 'one' || conditions.some(({ name, op, value }) => name !== first.name || op !== first.op || isAsked(value))) return undefined
  const values = conditions.map(({ value }) => valueWords(value, field, names))
  return conditionWords({ ...first, value: undefined }, field, names) + ` ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

function conditionWords({ op, value }: Condition, field: FilterField, names: Names): string {
  if (field.type === 'activity') return deedWords(field, op, (value ?? {}) as Deed, names)
  if (field.type === 'gone') return `${field.label} (no longer there)`
  if (isAsked(value)) return `${conditionWords({ name: field.name, op, value: value.default ?? '…' }, field, names)} (asked)`
  const operator = operatorOf(field.type, op)
  const words = operator?.words ?? op
  if (operator?.value === 'days') return `${field.label} ${words.replace('… days', value === 1 ? 'day' : `${value ?? '…'} days`)}`
  if (words === 'is any of' || (Array.isArray(value) && value.length === 1 && words === 'has any of')) return `${field.label} ${words.replace(' any of', '')} ${valueWords(value, field, names)}`
  if (operator?.value === 'two' && Array.isArray(value)) return `${field.label} ${words} ${value.map((part) => valueWords(part, field, names)).join(' and ')}`
  return [field.label, words, valueWords(value, field, names)].filter(Boolean).join(' ')
}

const didWords: Record<string, [did: string, didNot: string]> = {
  sent: ['Was sent a mail', 'Was not sent a mail'], opened: ['Opened', 'Did not open'], clicked: ['Clicked', 'Did not click'],
  optedOut: ['Opted out', 'Did not opt out'], bounced: ['Bounced', 'Did not bounce'], replied: ['Replied', 'Did not reply'],
}

export function deedWords(field: FilterField, op: string, deed: Deed, names: Names = {}): string {
  const { massEmailId, trackingUrlId, withinDays } = deed
  const name = (id: string | undefined) => (id === undefined ? undefined : names[id] ?? '…')
  const [did, didNot] = didWords[activityOf(field.name) ?? ''] ?? [field.label, `Not: ${field.label}`]
  const where = name(massEmailId) ?? campaignWords(deed, op === 'didNot' ? 'any of ' : 'one of ', name)
  return [
    op === 'didNot' ? didNot : did, name(trackingUrlId), where && `in ${where}`,
    withinDays !== undefined && (withinDays === 1 ? 'in the last day' : `in the last ${withinDays} days`),
  ].filter(Boolean).join(' ')
}

function campaignWords({ campaignId, campaignIds, lastCampaigns }: Deed, among: string, name: (id: string) => string | undefined): string | undefined {
  if (lastCampaigns !== undefined) return (lastCampaigns === 1 ? '' : among) + lastCampaignsWords(lastCampaigns).toLowerCase()
  const words = [...new Set([...(campaignId ? [campaignId] : []), ...(campaignIds ?? [])])].map((id) => name(id)!)
  return words.length > 0 ? eitherOf(words) : undefined
}

export const lastCampaignsWords = (count: number) => (count === 1 ? 'The last campaign' : `The last ${count.toLocaleString()} campaigns`)

/** "a", "a or b", "a, b or c". */
const eitherOf = (words: string[]) => (words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join(''))

function valueWords(value: unknown, field: FilterField, names: Names): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return eitherOf(value.map((part) => valueWords(part, field, names)))
  const option = field.options?.find((option) => typeof option !== 'string' && option.value === value)
  if (typeof option === 'object') return option.label
  if (hasIds(field)) return names[String(value)] ?? '…'
  return dayWords(value, field) ?? String(value)
}

function dayWords(value: unknown, { type }: FilterField): string | undefined {
  if (!isTime(type)) return undefined
  const day = /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? new Date(`${String(value)}T00:00`) : new Date(String(value))
  return Number.isNaN(day.getTime()) ? undefined : day.toLocaleDateString(undefined, { dateStyle: 'medium' })
}
