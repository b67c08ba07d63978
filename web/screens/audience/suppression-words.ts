/** Why an address is suppressed and what put it there, in words. */
import type { Suppression, SuppressionSource } from '../../../src/audience/contract.ts'
import { inWords } from '../../ui/words.ts'

export const suppressionWords: Record<Suppression['reason'], string> = {
  optedOut: 'Opted out of everything',
  invalid: 'Invalid: mail to it bounced for good',
  complained: 'Marked a mail as spam',
  softBounced: 'Bounced again and again',
  doNotEmail: 'Do not email',
}

const wordsOfSources: Record<SuppressionSource, string> = {
  manual: 'By hand', import: 'Import', api: 'A program', optOutPage: 'Opt-out page', oneClick: 'Button of the mail program', preferences: 'Preferences page',
  mailto: 'Unsubscribe mail', bounce: 'A bounce', complaint: 'A complaint', delivery: 'Refused at once', merge: 'A merge of two records',
}

const options = <Code extends string>(words: Record<Code, string>) => Object.entries<string>(words).map(([value, label]) => ({ value: value as Code, label }))

export const suppressionReasons = options(suppressionWords)
export const suppressionSources = options(wordsOfSources)

/** A source that a later version or another program named is shown as it is. */
export const sourceInWords = (source: string): string => wordsOfSources[source as keyof typeof wordsOfSources] ?? inWords(source)
