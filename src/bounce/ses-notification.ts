/** Bounces that Amazon SES reports by SNS to a mailbox: JSON in a mail (its fields are those of the event that a webhook would get). */
import type { Reported } from './delivery-report.ts'

type Notification = { notificationType?: string; bounce?: { bouncedRecipients?: { emailAddress?: unknown; action?: unknown; status?: unknown; diagnosticCode?: unknown }[] } }

/** Empty for any other text. */
export function sesRecipients(text: string): Reported[] {
  const start = text.indexOf('{"notificationType":"Bounce"')
  const parsed = start < 0 ? null : json(text.slice(start, text.indexOf('\n--', start) < 0 ? undefined : text.indexOf('\n--', start)))
  const recipients = parsed?.bounce?.bouncedRecipients
  return Array.isArray(recipients) ? recipients.flatMap((each) => (typeof each?.emailAddress === 'string' ? [reported(each.emailAddress, each)] : [])) : []
}

const reported = (address: string, { status, diagnosticCode }: { status?: unknown; diagnosticCode?: unknown }): Reported =>
  ({ address, original: null, action: 'failed', status: typeof status === 'string' ? status : null, diagnostic: String(diagnosticCode ?? '').replace(/^smtp; ?/i, '') })

/** Mail wraps long lines; a break inside a string is not JSON. */
function json(text: string): Notification | null {
  try {
    return JSON.parse(text.replace(/\r?\n/g, '').trim()) as Notification
  } catch {
    return null
  }
}
