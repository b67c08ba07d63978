/** The actions of the campaign log in the words of the screens, and which of them people are gathered by. */
export type LogAction =
  'sent' | 'opened' | 'clicked' | 'optedOut' | 'optedIn' | 'bounced' | 'complained' | 'replied' | 'failed' | 'skipped' | 'uncertain' | 'leadCreated'

/** `name` on chips; `did` in a sentence after "everybody who"; `didNot` after "and". */
export const logActions: Record<LogAction, { name: string; did: string; didNot: string }> = {
  sent: { name: 'Sent', did: 'got it', didNot: 'did not get it' },
  opened: { name: 'Opened', did: 'opened it', didNot: 'did not open it' },
  clicked: { name: 'Clicked', did: 'clicked', didNot: 'did not click' },
  optedOut: { name: 'Opted out', did: 'opted out', didNot: 'did not opt out' },
  optedIn: { name: 'Opted in', did: 'opted in again', didNot: 'did not opt in again' },
  bounced: { name: 'Bounced', did: 'bounced', didNot: 'did not bounce' },
  replied: { name: 'Replied', did: 'replied', didNot: 'did not reply' },
  complained: { name: 'Complained', did: 'complained', didNot: 'did not complain' },
  failed: { name: 'Failed', did: 'could not be delivered to', didNot: 'were not failures' },
  skipped: { name: 'Skipped', did: 'were skipped', didNot: 'were not skipped' },
  uncertain: { name: 'Unknown', did: 'may have got it', didNot: 'are not unknown' },
  leadCreated: { name: 'Lead created', did: 'became a lead', didNot: 'did not become a lead' },
}
export const logActionCodes = Object.keys(logActions) as LogAction[]
