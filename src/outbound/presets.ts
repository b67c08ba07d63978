/** What is known of common mail providers: where they listen, how they want to be signed in to, what they allow. Data only. */
import type { Security } from './session.ts'

export type Preset = {
  id: string
  name: string
  host: string
  /** Where it listens elsewhere: its regions, or another service of it. The first is `host`. */
  places: { name: string; host: string }[]
  port: number
  security: Security
  /** Which user name and password are meant, and where to make them. */
  authHint: string
  /** What the provider lets through, in words: figures of today, for a person to look up again. */
  limitsHint: string
  /** What those who came before ran into. */
  traps: string[]
  /** A maximum an hour to begin with, where the provider is known for one; null: as it is set. */
  maxPerHour: number | null
  /** SPF names one of which the From domain has to include; none where the provider uses a return address of its own. */
  spfIncludes: string[]
  /** How dead addresses are told: by mail to the bounce address, by a webhook that Tidings takes, or only on the provider's own pages. */
  bounces: 'mail' | 'webhook' | 'provider'
  /** Where its mailboxes are read. */
  imap: { host: string; port: number; security: Security } | null
  /** Where refresh tokens become access tokens, and for what they must have been given. */
  oauth2: { tokenUrl: string; scope: string } | null
}

const submission = { port: 587, security: 'starttls' } as const
const imaps = (host: string) => ({ host, port: 993, security: 'tls' }) as const
const ownLinks = 'Switch its own click and open tracking off: links would be rewritten twice, and its machines counted as readers.'

/** Those of which an SMTP endpoint is known; another one is entered by its host. */
const sesRegions = {
  'eu-west-1': 'Ireland', 'eu-central-1': 'Frankfurt', 'eu-west-2': 'London', 'eu-west-3': 'Paris', 'eu-north-1': 'Stockholm', 'us-east-1': 'N. Virginia', 'us-east-2': 'Ohio', 'us-west-1': 'N. California', 'us-west-2': 'Oregon',
  'ca-central-1': 'Canada', 'sa-east-1': 'São Paulo', 'ap-south-1': 'Mumbai', 'ap-southeast-1': 'Singapore', 'ap-southeast-2': 'Sydney', 'ap-northeast-1': 'Tokyo', 'ap-northeast-2': 'Seoul', 'ap-northeast-3': 'Osaka',
}
const sesHost = (region: string) => `email-smtp.${region}.amazonaws.com`

export const presets: Preset[] = [
  {
    id: 'amazonSes', name: 'Amazon SES', host: sesHost('eu-west-1'), ...submission, spfIncludes: [], oauth2: null, maxPerHour: null, bounces: 'webhook', imap: null,
    places: Object.entries(sesRegions).map(([region, town]) => ({ name: `${town} (${region})`, host: sesHost(region) })),
    authHint: 'SMTP credentials made in the SES console (SMTP settings), not AWS access keys. Put your region into the host name.',
    limitsHint: 'A new SES account is in its own sandbox: 200 a day, 1 a second, verified recipients only. After production access the console names a quota a day and a rate a second: enter the rate as most per second.',
    traps: [
      'SMTP credentials, verified domains and production access are of one region each: those of another region are refused.',
      'Until you ask for production access (Account dashboard), mail to anybody whose address is not verified is refused.',
    ],
  },
  {
    id: 'googleWorkspace', name: 'Google Workspace', host: 'smtp.gmail.com', ...submission, spfIncludes: ['_spf.google.com'], maxPerHour: 80, bounces: 'mail', imap: imaps('imap.gmail.com'),
    places: [{ name: 'The mailbox of a person (smtp.gmail.com)', host: 'smtp.gmail.com' }, { name: 'The relay of the company (smtp-relay.gmail.com)', host: 'smtp-relay.gmail.com' }],
    oauth2: { tokenUrl: 'https://oauth2.googleapis.com/token', scope: 'https://mail.google.com/' },
    authHint: 'The full address, and an app password (needs 2-step verification) or OAuth 2.0. The ordinary password is refused.',
    limitsHint: 'About 2,000 messages a day for a person (500 on trial and for gmail.com); above that Google blocks the account for a day.',
    traps: [
      'App passwords are made at myaccount.google.com/apppasswords. Where the page says that they are not available, the administrator of your domain has to allow them.',
      'The relay takes about 10,000 a day from each person. An administrator switches it on first: Apps, Google Workspace, Gmail, Routing, SMTP relay service.',
    ],
  },
  {
    id: 'microsoft365', name: 'Microsoft 365', host: 'smtp.office365.com', places: [], ...submission, spfIncludes: ['spf.protection.outlook.com'], maxPerHour: 400, bounces: 'mail', imap: imaps('outlook.office365.com'),
    oauth2: { tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', scope: 'https://outlook.office.com/SMTP.Send offline_access' },
    authHint: 'The full address and OAuth 2.0: Microsoft is switching passwords off. SMTP AUTH must be allowed for the mailbox. Put your tenant in the place of "common" in the token address.',
    limitsHint: '30 messages a minute, 3 connections at once and 10,000 recipients a day for a mailbox. It is not made for mass email.',
    traps: [
      'SMTP AUTH is off unless somebody allows it: in the Microsoft 365 admin center, the user, Mail, Manage email apps, Authenticated SMTP. Security defaults switch it off for everybody.',
      'Each mail is kept in Sent Items: a mailbox that is full sends nothing any more.',
    ],
  },
  {
    id: 'mailgun', name: 'Mailgun', host: 'smtp.mailgun.org', ...submission, spfIncludes: [], oauth2: null, maxPerHour: 100, bounces: 'webhook', imap: null,
    places: [{ name: 'Region US', host: 'smtp.mailgun.org' }, { name: 'Region EU', host: 'smtp.eu.mailgun.org' }],
    authHint: 'The SMTP user of the sending domain (postmaster@…) and its password. For a domain in the EU region the host is smtp.eu.mailgun.org.',
    limitsHint: 'Your plan says how many; new domains start at about 100 an hour until Mailgun has looked at them.',
    traps: ['A domain is in one region: the other one does not know its user. The sandbox domain reaches authorized recipients only.', ownLinks],
  },
  {
    id: 'sendGrid', name: 'SendGrid', host: 'smtp.sendgrid.net', ...submission, spfIncludes: [], oauth2: null, maxPerHour: null, bounces: 'webhook', imap: null,
    places: [{ name: 'Global', host: 'smtp.sendgrid.net' }, { name: 'Region EU', host: 'smtp.eu.sendgrid.net' }],
    authHint: 'The user name is the word apikey, the password an API key that may send mail.',
    limitsHint: 'Your plan says how many. A dedicated address has to be warmed up: set a warm-up plan.',
    traps: ['The From address has to belong to an authenticated domain or a verified sender; any other is refused.', ownLinks],
  },
  {
    id: 'postmark', name: 'Postmark', host: 'smtp-broadcasts.postmarkapp.com', places: [], ...submission, spfIncludes: [], oauth2: null, maxPerHour: null, bounces: 'webhook', imap: null,
    authHint: 'The SMTP token of a broadcast message stream as user name and its secret as password.',
    limitsHint: 'Mass email goes through a broadcast stream only; mail to bought lists is refused and the account closed.',
    traps: ['Until Postmark has approved your account, it only mails addresses of your own domain.', 'A broadcast stream adds an unsubscribe link of its own, unless its settings leave unsubscribing to you.'],
  },
  {
    id: 'brevo', name: 'Brevo', host: 'smtp-relay.brevo.com', places: [], ...submission, spfIncludes: [], oauth2: null, maxPerHour: null, bounces: 'provider', imap: null,
    authHint: 'The SMTP login and an SMTP key (SMTP & API), not the password of the website.',
    limitsHint: 'Your plan says how many; 300 a day without one.',
    traps: ['Brevo may ask you to allow the IP address of this machine (Security, Authorized IPs).', 'Bounces stay on the pages of Brevo: its return address is its own.'],
  },
  {
    id: 'plain', name: 'Another SMTP server', host: '', places: [], ...submission, spfIncludes: [], oauth2: null, maxPerHour: null, bounces: 'mail', imap: null,
    authHint: 'Ask whoever runs it for host, port, user name and password. 587 means STARTTLS, 465 means TLS.',
    limitsHint: 'Ask whoever runs it how many an hour, and how many connections at once, are welcome.',
    traps: ['Port 25 is blocked by most hosts: 587 and 465 mostly are not.'],
  },
]

/** The provider that a host belongs to: of one with a region in its name, any region. */
export const presetOf = (host: string): Preset | null =>
  presets.find((preset) => preset.host !== '' && registered(preset.host) === registered(host)) ?? null

const registered = (host: string) => host.toLowerCase().split('.').slice(-2).join('.')
