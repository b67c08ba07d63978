/** Every setting as a place to go, found by its name or what it does: those of the table of settings, and what is set on other pages of Administration. */
import { IconAdjustments } from '@tabler/icons-react'
import { type SettingGroup, settings } from '../../src/settings/contract.ts'
import { paths } from '../paths.ts'
import { type AdministrationPlace, administrationPlaces } from './administration-places.ts'
import type { Place } from './navigation.ts'

export type FoundPlace = Place & { about: string; /** The page on which it stands; none for a page itself. */ where?: string; userManager?: boolean }

const screens: Record<SettingGroup, string> = { general: paths.generalSettings(), outboundEmails: paths.outboundEmails() }

const placeAt = (to: string): AdministrationPlace => administrationPlaces.find((place) => place.to === to)!

const inTable: FoundPlace[] = settings.map(({ group, key, title, about, words }) =>
  ({ title, about, to: `${screens[group]}?setting=${key}`, where: placeAt(screens[group]).title, icon: IconAdjustments, words: words ?? '' }))

/** On a page of their own making: search leads to the page. */
const elsewhere = (to: string, ...found: [title: string, about: string, words?: string][]): FoundPlace[] => {
  const { title: where, userManager = false } = placeAt(to)
  return found.map(([title, about, words = '']) => ({ title, about, words, to, where, userManager, icon: IconAdjustments }))
}

const job = (name: string, title: string, words: string): FoundPlace =>
  ({ title: `Schedule of ${title}`, about: 'When it runs, whether it runs at all, and how its last runs went.', words: `cron active inactive ${words}`, to: paths.scheduledJob(name), where: 'Scheduled Jobs', icon: IconAdjustments })

const others: FoundPlace[] = [
  ...elsewhere(paths.outboundAccounts(), ['Limits of an account', 'How many messages it may carry in a second and in an hour.', 'maximum throttle'], ['Weight of an account', 'Its share of a mass email that several accounts carry.'],
    ['Warm-up', 'Begins with few a day and grows, so that receivers get to know an account.', 'ramp'], ['Sender identities', 'The addresses and domains as which an account may send.', 'from'], ['Sign-in by OAuth 2.0', 'For Google Workspace and Microsoft 365.', 'token xoauth2']),
  ...elsewhere(paths.domainRules(), ['Limit for a recipient domain', 'How much a domain such as gmail.com gets in a second, in an hour and at once.', 'throttle connections']),
  ...elsewhere(paths.groupEmailAccounts(), ['Monitored folders', 'Which folders of a mailbox are read for bounces, complaints and replies.', 'imap inbox'], ['After reading', 'What becomes of a message that was read: marked, moved, or left.', 'imap move'], ['Read mail since', 'Older messages are not looked at.', 'imap fetch']),
  ...elsewhere(paths.dkimKeys(), ['Signing key', 'Signs mail of a domain; its DNS record is checked.', 'dkim selector rsa ed25519']),
  ...elsewhere(paths.singleSignOn(), ['Single sign-on', 'People come in with their company’s account.', 'oidc openid sso'], ['Passwords for administrators only', 'Everybody else uses single sign-on.', 'password login'],
    ['Who needs a second factor', 'Nobody, administrators or everybody, when they sign in by password; who has none yet.', '2fa mfa totp two-factor authenticator require enforce']),
  job('send-mass-emails', 'Send Mass Emails', 'portion start'), job('check-group-email-accounts', 'Check Group Email Accounts', 'imap bounce'), job('sync-target-lists', 'Sync Target Lists with Reports', 'in step'),
  job('send-scheduled-reports', 'Send Scheduled Reports', 'report mail'), job('send-campaign-summaries', 'Send Campaign Summaries', 'report mail'), job('clean-up', 'Clean Up', 'retention delete'),
]

const pages: FoundPlace[] = administrationPlaces

/** Pages, then settings; of each those whose name fits come first. Every word must be found. */
export function findSettings(text: string, managesUsers: boolean, among: readonly FoundPlace[] = [...pages, ...inTable, ...others]): FoundPlace[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const has = (where: string) => words.every((word) => where.toLowerCase().includes(word))
  const found = among.filter((place) => (managesUsers || !place.userManager) && has(`${place.title} ${place.about} ${place.words ?? ''} ${place.where ?? ''}`))
  return [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))]
}

/** Without the pages: the command palette knows them already. */
export const findSettingsOnly = (text: string, managesUsers: boolean): FoundPlace[] => findSettings(text, managesUsers, [...inTable, ...others])
