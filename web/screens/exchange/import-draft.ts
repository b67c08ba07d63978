/** An import as it is being prepared, and the settings it becomes for the server. */
import type { FileReading, importActions, ImportSettings, Preview } from '../../../src/exchange/contract.ts'
import type { Pick } from '../../ui/RecordPicker.tsx'

export type ImportAction = (typeof importActions)[number]

export type MissingLinks = ImportSettings['missingLinks']

export type ImportDraft = {
  entityType: string
  file: File | null
  /** How the file is to be read where the guess is not to be trusted. */
  reading: FileReading
  preview: Preview | null
  /** Column → field; columns that are left out are not imported. */
  mapping: Record<string, string>
  action: ImportAction
  updateBy: string
  skipDuplicates: boolean
  duplicatesBy: string
  missingLinks: MissingLinks
  targetList: Pick | null
  defaults: Record<string, unknown>
}

/** Of each new file the encoding and the delimiter are guessed again. */
export const asGuessed: FileReading = { header: true, decimal: '.' }

export const newDraft = (entityType: string): ImportDraft => ({
  entityType, file: null, reading: asGuessed, preview: null, mapping: {}, action: 'create', updateBy: 'emailAddress', skipDuplicates: true, duplicatesBy: 'emailAddress', missingLinks: 'reject', targetList: null, defaults: {},
})

export function settingsOf({ entityType, reading, mapping, action, updateBy, skipDuplicates, duplicatesBy, missingLinks, targetList, defaults }: ImportDraft, dryRun: boolean) {
  return {
    entityType, ...reading, mapping, action, defaults, dryRun, missingLinks,
    ...(action === 'create' ? { skipDuplicates, ...(skipDuplicates && { duplicatesBy }) } : { updateBy }),
    ...(targetList && { targetListId: targetList.id }),
  }
}

/** Why it cannot run yet, in words; null when it can. */
export function missingIn({ file, mapping, action, updateBy, targetList }: ImportDraft): string | null {
  if (!file) return 'Choose a file first.'
  if (Object.keys(mapping).length === 0) return 'Say for at least one column which field it is.'
  if (action !== 'create' && !Object.values(mapping).includes(updateBy)) return 'Existing records are found by a field that no column is mapped to.'
  if (Object.values(mapping).includes('optedOutOfList') && !targetList) return 'Choose the target list that people opted out of.'
  return null
}
