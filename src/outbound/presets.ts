/** What is known of common mail providers: where they listen, how they want to be signed in to, what they allow. Data only. */
import type { Security } from './session.ts'

export type Preset = {
  id: string
  name: string
  host: string
  port: number
  security: Security
  /** Which user name and password are meant, and where to make them. */
  authHint: string
  /** What the provider lets through, in words: figures of today, for a person to look up again. */
  limitsHint: string
  /** SPF names one of which the From domain has to include; none where the provider uses a return address of its own. */
  spfIncludes: string[]
  /** Where refresh tokens become access tokens, and for what they must have been given. */
  oauth2: { tokenUrl: string; scope: string } | null
}

const submission = { port: 587, security: 'starttls' } as const

export const presets: Preset[] = [
  {
    id: 'amazonSes', name: 'Amazon SES', host: 'email-smtp.eu-west-1.amazonaws.com', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'SMTP credentials made in the SES console (SMTP settings), not AWS access keys. Put your region into the host name.',
    limitsHint: 'A new SES account is in its own sandbox: 200 a day, 1 a second, verified recipients only. After production access the console names a quota a day and a rate a second: enter the rate as most per second.',
  },
  {
    id: 'googleWorkspace', name: 'Google Workspace', host: 'smtp.gmail.com', ...submission, spfIncludes: ['_spf.google.com'],
    oauth2: { tokenUrl: 'https://oauth2.googleapis.com/token', scope: 'https://mail.google.com/' },
    authHint: 'The full address, and an app password (needs 2-step verification) or OAuth 2.0. The ordinary password is refused.',
    limitsHint: 'About 2,000 messages a day for a person (500 on trial and for gmail.com); above that Google blocks the account for a day.',
  },
  {
    id: 'microsoft365', name: 'Microsoft 365', host: 'smtp.office365.com', ...submission, spfIncludes: ['spf.protection.outlook.com'],
    oauth2: { tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', scope: 'https://outlook.office.com/SMTP.Send offline_access' },
    authHint: 'The full address and OAuth 2.0: Microsoft is switching passwords off. SMTP AUTH must be allowed for the mailbox. Put your tenant in the place of "common" in the token address.',
    limitsHint: '30 messages a minute, 3 connections at once and 10,000 recipients a day for a mailbox. It is not made for mass email.',
  },
  {
    id: 'mailgun', name: 'Mailgun', host: 'smtp.mailgun.org', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'The SMTP user of the sending domain (postmaster@…) and its password. For a domain in the EU region the host is smtp.eu.mailgun.org.',
    limitsHint: 'Your plan says how many; new domains start at about 100 an hour until Mailgun has looked at them.',
  },
  {
    id: 'sendGrid', name: 'SendGrid', host: 'smtp.sendgrid.net', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'The user name is the word apikey, the password an API key that may send mail.',
    limitsHint: 'Your plan says how many. A dedicated address has to be warmed up: set a warm-up plan.',
  },
  {
    id: 'postmark', name: 'Postmark', host: 'smtp-broadcasts.postmarkapp.com', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'The SMTP token of a broadcast message stream as user name and its secret as password.',
    limitsHint: 'Mass email goes through a broadcast stream only; mail to bought lists is refused and the account closed.',
  },
  {
    id: 'brevo', name: 'Brevo', host: 'smtp-relay.brevo.com', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'The SMTP login and an SMTP key (SMTP & API), not the password of the website.',
    limitsHint: 'Your plan says how many; 300 a day without one.',
  },
  {
    id: 'plain', name: 'Another SMTP server', host: '', ...submission, spfIncludes: [], oauth2: null,
    authHint: 'Ask whoever runs it for host, port, user name and password. 587 means STARTTLS, 465 means TLS.',
    limitsHint: 'Ask whoever runs it how many an hour, and how many connections at once, are welcome.',
  },
]

/** The provider that a host belongs to: of one with a region in its name, any region. */
export const presetOf = (host: string): Preset | null =>
  presets.find((preset) => preset.host !== '' && registered(preset.host) === registered(host)) ?? null

const registered = (host: string) => host.toLowerCase().split('.').slice(-2).join('.')
