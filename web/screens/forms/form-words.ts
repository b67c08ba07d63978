/** What a subscription form and what came in through it is, in words. */
import type { Subscription, SubscriptionForm } from '../../../src/forms/contract.ts'

export const languageWords: Record<SubscriptionForm['language'], string> = {
  '': 'The visitor’s', en: 'English', de: 'German', fr: 'French', es: 'Spanish', uk: 'Ukrainian',
}

/** Whether visitors can subscribe, and if not why. */
export function openness({ active, open }: Pick<SubscriptionForm, 'active' | 'open'>): { status: string; words: string } {
  if (open) return { status: 'active', words: 'Open' }
  return active ? { status: 'warning', words: 'Needs a target list' } : { status: 'inactive', words: 'Switched off' }
}

const suppressedWords: Record<string, string> = { invalid: 'the address is invalid', softBounced: 'mail to it bounced too often', doNotEmail: '“do not email” is set' }

/** Which "no" was taken back, and what still stands against mail; a sentence each. */
export function effectInWords({ liftedLists = [], liftedEntirely, liftedComplaint, optedOutOfOthers = 0, stillSuppressed = [] }: Subscription['effect']): string[] {
  const lifted = [...liftedLists.map((name) => `the opt-out from ${name}`), ...(liftedEntirely ? ['“no” to everything'] : []), ...(liftedComplaint ? ['a complaint'] : [])]
  return [
    ...(lifted.length > 0 ? [`Took back ${lifted.join(', ')}.`] : []),
    ...(optedOutOfOthers > 0 ? [`Stays opted out of ${optedOutOfOthers === 1 ? 'one other list' : `${optedOutOfOthers} other lists`}.`] : []),
    ...(stillSuppressed.length > 0 ? [`Gets no mail all the same: ${stillSuppressed.map((reason) => suppressedWords[reason] ?? reason).join(', ')}.`] : []),
  ]
}

/** What became of the confirmation mail. */
export function mailInWords({ mailStatus, mailReply, mailRepeats }: Pick<Subscription, 'mailStatus' | 'mailReply' | 'mailRepeats'>): string {
  const again = mailRepeats > 0 ? ' Sent again, because nobody knew whether it had left.' : ''
  switch (mailStatus) {
    case 'none': return mailReply || 'No confirmation mail'
    case 'queued': return mailReply ? `Tried again soon: ${mailReply}` : 'On its way'
    case 'sent': return `Sent.${again}`
    case 'failed': return mailReply ? `Not sent: ${mailReply}` : 'Not sent'
    case 'uncertain': return `Uncertain: ${mailReply}`
  }
}
