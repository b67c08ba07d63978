/** The detail of a log entry in words: which link, what the server replied, why it was skipped. Pure. */
import type { LogEntry } from '../../../src/log/contract.ts'
import { inWords } from '../../ui/words.ts'
import { doubtWords } from '../mailbox/message-words.ts'
import { reasonWords } from '../mass-emails/reasons.ts'

type Detail = Pick<LogEntry, 'action' | 'detail' | 'repeats'>

export function entryDetail({ action, detail, repeats }: Detail): string {
  const parts = [what(action, detail), repeats > 1 ? `${repeats.toLocaleString()} times` : '']
  return parts.filter(Boolean).join(' · ')
}

function what(action: LogEntry['action'], detail: LogEntry['detail']): string {
  const { link, url, bounce, deadAddress, reply, reason, text, entirely, delayed } = detail
  switch (action) {
    case 'clicked': return link || url || ''
    case 'bounced': return [bounce && `${bounce === 'hard' ? 'Hard' : 'Soft'}${withoutProof(detail)}`, bounceWords(reason), reply].filter(Boolean).join(': ')
    case 'complained': return withoutProof(detail).replace(', w', 'W')
    case 'sent': return delayed ? `Delayed: ${delayed.reply}` : ''
    case 'failed': return [reason ? reasonWords(reason) : deadAddress && 'The address does not exist', reply].filter(Boolean).join(': ')
    case 'skipped':
    case 'uncertain': return reason ? reasonWords(reason) : ''
    case 'optedOut': return [entirely ? 'From everything' : '', text ?? reason].filter(Boolean).join(': ')
    default: return reply ?? text ?? reason ?? ''
  }
}

const withoutProof = ({ verified, doubt }: LogEntry['detail']): string => (verified === false ? `, without proof${doubt ? ` (${doubtWords[doubt]})` : ''}` : '')

/** Why mail came back, as the classifier names it; what it could not tell is left to the server's words. */
const bounceWords = (reason: string | undefined): string => (reason && reason !== 'undefined' ? inWords(reason).toLowerCase() : '')
