/** How a level looks and what it is called; what each check is called. */
import { type Icon, IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react'
import { inWords } from '../../ui/words.ts'

type Look = { color: string; word: string; overall: string; icon: Icon }

export const levelLooks: Record<'ok' | 'warning' | 'error' | 'unknown', Look> = {
  ok: { color: 'green', word: 'in order', overall: 'Everything is in order', icon: IconCircleCheck },
  warning: { color: 'lamp', word: 'look at it', overall: 'Mail goes out, but look at this', icon: IconAlertTriangle },
  error: { color: 'red', word: 'mend it', overall: 'Something must be mended', icon: IconCircleX },
  unknown: { color: 'gray', word: 'not known', overall: 'Not known yet', icon: IconHelpCircle },
}

const titles: Record<string, string> = {
  smtp: 'SMTP server', scheduler: 'Scheduler', jobSendMassEmails: 'Job: Send Mass Emails', jobCheckGroupEmailAccounts: 'Job: Check Group Email Accounts',
  siteUrl: 'Site URL', publicUrl: 'Public URL', portion: 'Hourly portion', window: 'Sending window', massEmails: 'Mass emails', bounceMailbox: 'Bounce mailbox',
  bounceLoop: 'Bounce loop', spf: 'SPF', dkim: 'DKIM', dmarc: 'DMARC', ptr: 'Reverse DNS', mx: 'MX', clock: 'Clock', disk: 'Disk', database: 'Database',
}
export const checkTitle = (code: string): string => titles[code] ?? inWords(code)
