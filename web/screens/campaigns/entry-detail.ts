/** The detail of a log entry in words: which link, what the server replied, why it was skipped. Pure. */
import type { LogEntry } from '../../../src/log/contract.ts'
import { reasonWords } from '../mass-emails/reasons.ts'

type Detail = Pick<LogEntry, 'action' | 'detail' | 'repeats'>

export function entryDetail({ action, detail, repeats }: Detail): string {
  const parts = [what(action, detail), repeats > 1 ? `${repeats.toLocaleString()} times` : '']
  return parts.filter(Boolean).join(' · ')
}

function what(action: LogEntry['action'], detail: LogEntry['detail']): string {
  const { link, url, bounce, verified, deadAddress, reply, reason, text, entirely } = detail
  switch (action) {
    case 'clicked': return link || url || ''
    case 'bounced': return [bounce && `${bounce === 'hard' ? 'Hard' : 'Soft'}${verified === false ? ', without proof' : ''}`, reply ?? reason].filter(Boolean).join(': ')
    case 'failed': return [reason ? reasonWords(reason) : deadAddress && 'The address does not exist', reply].filter(Boolean).join(': ')
    case 'skipped':
    case 'uncertain': return reason ? reasonWords(reason) : ''
    case 'optedOut': return [entirely ? 'From everything' : '', text ?? reason].filter(Boolean).join(': ')
    default: return reply ?? text ?? reason ?? ''
  }
}
