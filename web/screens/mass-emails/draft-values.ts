/** What of a mass email is typed in while it is a draft. Pure. */
import type { MassEmail } from '../../../src/campaign/contract.ts'
import type { Overridable } from './PreflightList.tsx'

const fields = [
  'name', 'emailTemplateId', 'dateStart', 'startBy', 'accountId', 'sharedAccountIds', 'fromAddress', 'fromName', 'replyToAddress', 'replyToName', 'optOutEntirely', 'storeSentEmails',
] as const

/** Lists of its own, or `null` for the campaign's. */
export type DraftValues = Pick<MassEmail, (typeof fields)[number]> & { override: Overridable[]; targetListIds: string[] | null; excludingTargetListIds: string[] | null }

export function draftValues(massEmail: MassEmail): DraftValues {
  const { ownTargetLists, override, targetListIds, excludingTargetListIds } = massEmail
  const own = Object.fromEntries(fields.map((name) => [name, massEmail[name]])) as Pick<MassEmail, (typeof fields)[number]>
  return { ...own, override: override as Overridable[], targetListIds: ownTargetLists ? targetListIds : null, excludingTargetListIds: ownTargetLists ? excludingTargetListIds : null }
}

/** The fields that differ, as a PATCH takes them. A name cannot be empty: then the old one stays. */
export function changedValues(before: DraftValues, after: DraftValues): Partial<DraftValues> {
  const names = Object.keys(after) as (keyof DraftValues)[]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]) && !(name === 'name' && !after.name.trim()))
  return Object.fromEntries(changed.map((name) => [name, after[name]]))
}
