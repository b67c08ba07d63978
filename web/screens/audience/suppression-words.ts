/** Why an address is suppressed, in words. */
import type { Suppression } from '../../../src/audience/contract.ts'

export const suppressionWords: Record<Suppression['reason'], string> = {
  optedOut: 'Opted out of everything',
  invalid: 'Invalid: mail to it bounced for good',
  complained: 'Marked a mail as spam',
  softBounced: 'Bounced again and again',
}

export const suppressionReasons = Object.entries(suppressionWords).map(([value, label]) => ({ value: value as Suppression['reason'], label }))
