/** What the rules about kinds look at, found once in a message. */
import { groupsWithin, type Reported, reportedRecipients } from './delivery-report.ts'
import { first } from './fields.ts'
import { serverNames } from './kind-words.ts'
import type { Mail } from './read-mail.ts'
import { sesRecipients } from './ses-notification.ts'

export type Signs = {
  mail: Mail
  reported: Reported[]
  /** Written by a mail server: MAILER-DAEMON, postmaster, or nobody (RFC 5321 4.5.5). */
  fromServer: boolean
  nullSender: boolean
  subject: string
  /** The part for people in lower case. */
  text: string
  header: (name: string) => string
}

export function signsOf(mail: Mail): Signs {
  const header = (name: string) => first(mail.headers, name)
  const reports = reportedRecipients(mail.reports)
  const fromServer = isServer(header)
  return {
    mail, header,
    // A gateway that puts a report into a message of its own leaves the groups deeper inside.
    reported: reports.length > 0 ? reports : [...reportedRecipients(groupsWithin(fromServer ? mail.everything : mail.text)), ...sesRecipients(mail.text)],
    fromServer,
    nullSender: /^<\s*>$/.test(header('return-path')) || /^<?>?$/.test(header('from').trim()),
    subject: mail.subject.toLowerCase(),
    text: mail.text.slice(0, 20_000).toLowerCase(),
  }
}

/** A Return-Path with `bounce` in it is anybody's newsletter: there only the two names of RFC 5321 4.5.1 and tradition count. */
const isServer = (header: Signs['header']): boolean =>
  serverNames.test(`${header('from')}\n${header('sender')}`.toLowerCase()) || /mailer-?daemon|postmaster/i.test(header('return-path'))
