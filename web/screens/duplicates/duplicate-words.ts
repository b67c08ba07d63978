/** What two records have in common, in words. */
import type { DuplicateReason } from '../../../src/duplicates/contract.ts'

export const reasonWords: Record<DuplicateReason, string> = {
  emailAddress: 'same address', nameAndCity: 'same name and city', nameAndAccount: 'same name and account', nameAndPhone: 'same name and phone',
}

export const reasonsInWords = (reasons: DuplicateReason[]): string => reasons.map((reason) => reasonWords[reason]).join(', ')
