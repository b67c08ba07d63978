/** The pre-flight: what is looked at before a mass email is set Pending, as a table over facts. Pure; the facts are gathered elsewhere. */

import type { ApprovalState } from './approval.ts'
import { type Authentication, fromNotAuthenticated } from './authentication.ts'
import type { ReturnMailbox } from './return-mailbox.ts'

export type Level = 'ok' | 'warning' | 'error' | 'unknown'
export type Check = { code: string; level: Level; message: string; advice: string }

/** Errors that a person may take upon itself by name. No template, list or sender, and unknown placeholders never go. */
export const overridable = ['optOutLinkMissing', 'publicUrlNotHttps', 'fromNotAuthenticated'] as const

export type TemplateFacts = {
  subject: string
  bytes: number
  /** What is wrong with its placeholders, in words. */
  problems: readonly string[]
  optOutInBody: boolean
  imagesWithoutAlt: number
  plainHttpLinks: readonly string[]
}

export type Facts = {
  dateStart: Date | null
  template: TemplateFacts | null
  targetLists: number
  /** Those of its lists, excluding ones too, that are kept in step with reports; why the last run of one changed nothing, else null. */
  listsInStep: readonly { name: string; error: string | null }[]
  /** `authentication`: null while DNS has not been asked about its domain. */
  sender: { fromAddress: string; sandbox: boolean; authentication: Authentication | null } | null
  /** Where undelivered mail returns to, and whether it is read there. */
  returnMailbox: ReturnMailbox | null
  campaignActive: boolean
  informational: boolean
  disableOptOutLink: boolean
  publicUrl: string
  postalAddress: string
  jobActive: boolean
  maxPerHour: number | null
  /** `optedOut`, `atLargeProviders`: of the included. `empty`: placeholders that leave nothing behind for some of them. */
  audience: { included: number; optedOut: number; atLargeProviders: number; empty: readonly { code: string; people: number }[] } | null
  override: readonly string[]
  /** Null where nobody else has to approve it, or where it is not asked. */
  approval: ApprovalState | null
  now: Date
}

export type Preflight = { ready: boolean; checks: Check[] }

export function preflight(facts: Facts): Preflight {
  const checks = rules.flatMap((rule) => rule(facts)).map((check) => overridden(check, facts.override))
  return { ready: checks.every(({ level }) => level !== 'error'), checks }
}

function overridden(check: Check, override: readonly string[]): Check {
  const mayGo = check.level === 'error' && override.includes(check.code) && (overridable as readonly string[]).includes(check.code)
  return mayGo ? { ...check, level: 'warning', advice: 'Overridden by name: it goes out as it is.' } : check
}

type Rule = (facts: Facts) => Check[]

const check = (code: string, level: Level, message: string, advice = ''): Check[] => [{ code, level, message, advice }]
const either = (isFine: boolean, code: string, fine: string, bad: { level: Level; message: string; advice: string }): Check[] =>
  isFine ? check(code, 'ok', fine) : [{ code, ...bad }]
/** Only where there is a template to look at. */
const ofTemplate = (rule: (template: TemplateFacts, facts: Facts) => Check[]): Rule => (facts) => (facts.template ? rule(facts.template, facts) : [])

const rules: Rule[] = [
  ({ dateStart, now }) => either(dateStart !== null, 'dateStartMissing', dateStart && dateStart > now ? 'Date Start lies ahead.' : 'Date Start has come: it starts with the next run.', {
    level: 'error', message: 'There is no Date Start.', advice: 'Choose when it should start; a time in the past means at once.',
  }),
  ({ template }) => either(template !== null, 'templateMissing', 'There is a template.', {
    level: 'error', message: 'There is no email template.', advice: 'Choose the template that is sent.',
  }),
  ({ targetLists }) => either(targetLists > 0, 'targetListsMissing', 'There is a target list.', {
    level: 'error', message: 'There is no target list.', advice: 'Choose at least one target list, here or on the campaign.',
  }),
  ({ listsInStep: lists }) => (lists.length === 0 ? [] : either(lists.every(({ error }) => error === null), 'listsNotInStep', 'Its lists are in step with their reports, and brought in step again just before it starts.', {
    level: 'warning', message: lists.flatMap(({ name, error }) => (error === null ? [] : `“${name}” is not in step with its reports: ${error}`)).join(' '),
    advice: 'Open the target list: it says what to do. The mass email does not start before that.',
  })),
  senderRule,
  ofTemplate(({ problems }) => either(problems.length === 0, 'placeholderUnknown', 'All placeholders are known.', {
    level: 'error', message: problems.join(' '), advice: 'Correct the placeholders in the template.',
  })),
  ofTemplate(({ subject }) => either(subject.trim() !== '', 'subjectMissing', 'There is a subject.', {
    level: 'warning', message: 'The subject is empty.', advice: 'Write one: mail without a subject is taken for spam.',
  })),
  ofTemplate(optOutLink),
  publicUrl,
  ({ informational, postalAddress }) => (informational ? [] : either(postalAddress.trim() !== '', 'postalAddressMissing', 'The postal address is set.', {
    level: 'warning', message: 'There is no postal address of the company.', advice: 'Many countries ask for it in commercial mail: Administration > Settings.',
  })),
  ofTemplate(({ bytes }) => either(bytes <= 102 * 1024, 'bodyTooLarge', `The body has ${kilobytes(bytes)} kB.`, {
    level: 'warning', message: `The body has ${kilobytes(bytes)} kB.`, advice: 'Gmail cuts off what is beyond 102 kB, the opt-out link first. Shorten it.',
  })),
  ofTemplate(({ imagesWithoutAlt: count }) => either(count === 0, 'imagesWithoutAlt', 'All images have a text instead.', {
    level: 'warning', message: `${count} ${count === 1 ? 'image has' : 'images have'} no alternative text.`, advice: 'Add alt="…": many readers see no images.',
  })),
  ofTemplate(({ plainHttpLinks: links }) => either(links.length === 0, 'plainHttpLinks', 'No link is plain http.', {
    level: 'warning', message: `${links.length} ${links.length === 1 ? 'link is' : 'links are'} plain http: ${links.slice(0, 3).join(', ')}`, advice: 'Use https where the site has it.',
  })),
  ({ sender, audience }) => {
    if (!sender || sender.fromAddress === '') return []
    if (sender.sandbox) return check('fromNotAuthenticated', 'ok', 'The Sandbox sends nothing out.')
    return [fromNotAuthenticated(sender.authentication, audience?.atLargeProviders ?? 0)]
  },
  returnMailboxRule,
  ({ campaignActive }) => either(campaignActive, 'campaignNotActive', 'The campaign is active.', {
    level: 'warning', message: 'The campaign is not active, so nothing will start.', advice: 'Set the campaign active.',
  }),
  ({ jobActive }) => either(jobActive, 'jobInactive', 'The job Send Mass Emails is active.', {
    level: 'warning', message: 'The job Send Mass Emails is inactive, so nothing will start by itself.', advice: 'Switch it on in Administration > Scheduled Jobs.',
  }),
  ({ audience }) => (!audience ? [] : either(audience.included > 0, 'audienceEmpty', `${people(audience.included)} will get it.`, {
    level: 'warning', message: 'Nobody would get it.', advice: 'The audience shows why. If that stays so, it goes back to draft when it should start.',
  })),
  ({ audience }) => (!audience || audience.included === 0 ? [] : either(audience.empty.length === 0, 'placeholdersEmpty', 'Every placeholder has something for everybody.', {
    level: 'warning', message: audience.empty.map(({ code, people: count }) => `${code} is empty for ${people(count)}.`).join(' '),
    advice: 'Give a fallback, like {Person.firstName|there}.',
  })),
  ({ informational, audience }) => (informational && audience && audience.optedOut > 0
    ? check('optedOutIncluded', 'warning', `${people(audience.optedOut)} who opted out will get it.`, 'Informational mail goes to them too: only what they must know.')
    : []),
  portion,
  ({ approval }) => (approval === null ? [] : approval === 'given' ? check('needsApproval', 'ok', 'It is approved.') : check('needsApproval', 'error', ...approvalWords[approval])),
]

const approvalWords: Record<Exclude<ApprovalState, 'given'>, [message: string, advice: string]> = {
  missing: ['Somebody else has to approve it before it goes out.', 'Ask for approval when everything else is right.'],
  waiting: ['It waits for approval.', 'Nothing to do: whoever approves it schedules it, too.'],
  changed: ['It was changed since approval was asked for.', 'Ask for approval again.'],
}

function senderRule({ sender }: Facts): Check[] {
  if (!sender) return check('senderMissing', 'error', 'There is no account to send by.', 'Start the part of the program that sends: it brings the Sandbox. Or name a mail server in Administration > Outbound Emails.')
  return either(sender.fromAddress !== '', 'senderMissing', `It is sent from ${sender.fromAddress}.`, {
    level: 'error', message: 'There is no From address.', advice: 'Set a From address here, on the account, or in Administration > Outbound Emails.',
  })
}

function optOutLink({ optOutInBody }: TemplateFacts, { informational, disableOptOutLink }: Facts): Check[] {
  if (informational) return []
  const fine = optOutInBody ? 'There is an opt-out link in the body.' : 'An opt-out link is added at the end.'
  return either(optOutInBody || !disableOptOutLink, 'optOutLinkMissing', fine, {
    level: 'error', message: 'The body has no opt-out link, and adding one is switched off.',
    advice: 'Put {optOutLink} into the template, or override this by name.',
  })
}

/** Without it dead addresses are never found, and the next mailing suffers for it. */
function returnMailboxRule({ sender, returnMailbox }: Facts): Check[] {
  if (!sender || sender.fromAddress === '' || !returnMailbox) return []
  const { returnsTo, readBy } = returnMailbox
  if (sender.sandbox) return check('bounceMailbox', 'ok', 'Nothing comes back from the Sandbox.')
  if (readBy?.error) return check('bounceMailbox', 'warning', `Bounces return to ${returnsTo}, and ${readBy.name} cannot be read: ${readBy.error}`, 'Open it in Administration > Group Email Accounts and press Test.')
  return either(readBy !== null, 'bounceMailbox', `Bounces return to ${returnsTo}, which is read.`, {
    level: 'warning', message: `Bounces return to ${returnsTo}, and nobody reads it.`, advice: 'Add its mailbox in Administration > Group Email Accounts, so that dead addresses are found.',
  })
}

/** Links of a real mail must work for its readers; the Sandbox's and a test on this machine need not. */
function publicUrl({ sender, publicUrl: url }: Facts): Check[] {
  if (!sender) return []
  return either(sender.sandbox || isHttps(url) || isLoopback(url), 'publicUrlNotHttps', `Links in the mail lead to ${url}.`, {
    level: 'error', message: `Links in the mail lead to ${url}, which is not https.`,
    advice: 'Set the Public URL to an https address in Administration > Settings, or override this by name.',
  })
}

/** When the last one leaves, if nothing else is sent. */
function portion({ maxPerHour, audience }: Facts): Check[] {
  if (!audience || audience.included === 0) return []
  if (maxPerHour === null) return check('portion', 'ok', 'There is no limit per hour.')
  const hours = Math.ceil(audience.included / maxPerHour) - 1
  if (hours === 0) return check('portion', 'ok', `All fit into one portion of ${maxPerHour} an hour.`)
  return check('portion', hours > 24 ? 'warning' : 'ok', `With ${maxPerHour} an hour the last one leaves about ${hours} ${hours === 1 ? 'hour' : 'hours'} after the start.`,
    hours > 24 ? 'Raise the limit in Administration > Outbound Emails if the server allows it.' : '')
}

const isHttps = (url: string) => url.toLowerCase().startsWith('https://')

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d+){3}$/.test(hostname) || hostname === '[::1]'
}

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)
const people = (count: number) => (count === 1 ? '1 person' : `${count} people`)
