/** Which notices are mailed to a person, and in how many mails. Pure. */
import { aboutKind, isTrouble, type NoticeKind } from '../notices/kinds.ts'
import type { Unmailed } from '../notices/unmailed.ts'

export const choices = ['always', 'trouble', 'never'] as const
/** `trouble`: only with the level warning or error. */
export type Choice = (typeof choices)[number]

/** Whoever sent a mass email wants to hear that it is out; of all else only what went wrong. Who never signed in works by programs, if at all, and has not seen where to choose. */
export function usualChoice(kind: NoticeKind, { hasSignedIn }: { hasSignedIn: boolean }): Choice {
  if (!hasSignedIn) return 'never'
  return kind === 'massEmailComplete' ? 'always' : 'trouble'
}

/** A fault that is over again within it is not worth a mail. */
const patienceMs = 60_000
/** What is older when it is first seen (nothing ran for a while) stands in the bell and is no news. */
const newsMs = 24 * 3_600_000
/** More than so many mails within the time become one that lists them. */
export const mostMails = 5
export const withinMs = 10 * 60_000

export type Given = {
  choiceOf: (kind: NoticeKind) => Choice
  /** What was mailed to this person within the last ten minutes, and when last. */
  recentMails: number
  lastMailAt: Date | null
  now: Date
}

export type Plan = { mails: Unmailed[][]; dropped: Unmailed[] }

export function planMails(notices: readonly Unmailed[], given: Given): Plan {
  const { now } = given
  const wanted = notices.filter((notice) => isWanted(notice, given))
  const dropped = notices.filter((notice) => !wanted.includes(notice))
  if (wanted.length === 0 || now.getTime() - wanted[0]!.createdAt.getTime() < patienceMs) return { mails: [], dropped }
  if (wanted.length + given.recentMails <= mostMails) return { mails: wanted.map((notice) => [notice]), dropped }
  const justMailed = given.lastMailAt !== null && now.getTime() - given.lastMailAt.getTime() < withinMs
  return { mails: justMailed ? [] : [wanted], dropped }
}

/** Neither over, nor read in the product already, nor old, nor what he does not want. */
function isWanted({ kind, level, createdAt, overAt, readAt }: Unmailed, { choiceOf, now }: Given): boolean {
  if (overAt || readAt || now.getTime() - createdAt.getTime() > newsMs || !(kind in aboutKind)) return false
  const choice = choiceOf(kind)
  return choice === 'always' || (choice === 'trouble' && isTrouble(level))
}
