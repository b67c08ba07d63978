/** Bounces that Amazon SES reports by SNS to a mailbox: JSON in a mail, by itself or as a text inside the JSON of SNS. */
import type { Reported } from './delivery-report.ts'

type Recipient = { emailAddress?: unknown; status?: unknown; diagnosticCode?: unknown }

/** Empty for any other text. */
export function sesRecipients(text: string): Reported[] {
  if (!/"notificationType\\?":\\?"Bounce/.test(text)) return []
  // Mail wraps long lines, also inside a string.
  const list = /"bouncedRecipients":(\[[^\]]{1,20000}\])/.exec(text.replaceAll('\\"', '"').replace(/!?\r?\n ?/g, ''))?.[1]
  return json(list ?? '[]').flatMap((each) => (typeof each?.emailAddress === 'string' ? [reported(each.emailAddress, each)] : []))
}

const reported = (address: string, { status, diagnosticCode }: Recipient): Reported => ({
  address, original: null, action: 'failed', status: typeof status === 'string' ? status : null,
  diagnostic: typeof diagnosticCode === 'string' ? diagnosticCode.replace(/^smtp; ?/i, '') : '',
})

function json(text: string): Recipient[] {
  try {
    return JSON.parse(text) as Recipient[]
  } catch {
    return []
  }
}
