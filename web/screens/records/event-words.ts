/** What an entry of a record's time line says: a heading, and the words below it. Pure. */
import type { LogEntry } from '../../../src/log/contract.ts'
import { entryDetail } from '../campaigns/entry-detail.ts'
import { logActions } from '../campaigns/log-actions.ts'
import { doubtWords } from '../mailbox/message-words.ts'
import { inWords } from '../../ui/words.ts'

type Event = Pick<LogEntry, 'action' | 'detail' | 'machine' | 'test' | 'repeats'>

/** `Bounced (hard)`, `Clicked First pages, 3 times`, `Opened by a machine`. */
export function eventHeading({ action, detail, machine, test, repeats }: Event): string {
  const name = action === 'bounced' && detail.bounce ? `Bounced (${detail.bounce})` : logActions[action].name
  const link = action === 'clicked' ? detail.link ?? detail.url : undefined
  return [name, link && ` ${link}`, machine && ' by a machine', test && ', a test', repeats > 1 && `, ${repeats.toLocaleString()} times`].filter(Boolean).join('')
}

/** The reason in words and what the server said; what a person wrote; why it is in doubt. Empty when the heading says it all. */
export function eventWords({ action, detail }: Event): string {
  switch (action) {
    case 'clicked': return ''
    case 'bounced': return [sentence(causeOf(detail.reason)), detail.reply && `The server said: ${detail.reply}`, doubtOf(detail)].filter(Boolean).join('\n')
    case 'complained': return doubtOf(detail) || 'Marked as spam. This address is not mailed any more.'
    default: return entryDetail({ action, detail, repeats: 1 })
  }
}

const causeOf = (reason: string | undefined) => (reason && reason !== 'undefined' ? inWords(reason) : '')
const sentence = (words: string) => (words ? `${words}.` : '')
const doubtOf = ({ verified, doubt }: LogEntry['detail']) => (verified === false ? sentence(`Without proof${doubt ? `: ${doubtWords[doubt]}` : ''}`) : '')
