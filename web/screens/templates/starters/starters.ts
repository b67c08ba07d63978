/** Templates to begin from: our own design, readable on a phone and in the dark, opt-out link and postal address in place. */
import announcement from './announcement.html?raw'
import invitation from './invitation.html?raw'
import letter from './letter.html?raw'
import newsletter from './newsletter.html?raw'

export type Starter = { key: string; name: string; about: string; subject: string; format: 'html' | 'text'; body: string }

const plainText = `Hello {Person.firstName|there},

a mail without any design: only text, for readers who like it plain.

https://example.com/

Kind regards
{User.name}

--
{companyAddress}
Unsubscribe: {optOutUrl}
`

export const starters: Starter[] = [
  { key: 'newsletter', name: 'Newsletter', about: 'One main story with a button, two more below.', subject: 'What is new this month', format: 'html', body: newsletter },
  { key: 'announcement', name: 'Announcement', about: 'A single piece of news, large.', subject: 'The news in one line', format: 'html', body: announcement },
  { key: 'invitation', name: 'Invitation', about: 'When, where, and a button to say yes.', subject: '{Person.firstName|You}, you are invited', format: 'html', body: invitation },
  { key: 'letter', name: 'Letter', about: 'Reads as if written by one person to another.', subject: 'A short question', format: 'html', body: letter },
  { key: 'plain', name: 'Plain text', about: 'No design at all.', subject: 'A short note', format: 'text', body: plainText },
  { key: 'empty', name: 'Empty', about: 'Paste your own HTML.', subject: '', format: 'html', body: '' },
]
