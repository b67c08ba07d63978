/** Values of settings in words, for defaults, history and the differences of a file. */
import type { SettingGroup } from '../../../src/settings/contract.ts'

type Window = { timeZone: string; days: number[]; from: string; to: string }

/** What a choice is called on its screen, by group and key. */
export const choices: Record<string, { value: string; label: string }[]> = {
  'general.language': [
    { value: 'en', label: 'English' }, { value: 'de', label: 'Deutsch' }, { value: 'fr', label: 'Français' },
    { value: 'es', label: 'Español' }, { value: 'uk', label: 'Українська' },
  ],
  'general.storeIp': [{ value: 'full', label: 'The whole address' }, { value: 'anonymised', label: 'The network only (anonymised)' }, { value: 'no', label: 'Nothing' }],
  'outboundEmails.spread': [{ value: 'atOnce', label: 'As fast as the server takes them' }, { value: 'evenly', label: 'Spread evenly' }],
  'outboundEmails.trackingPermission': [
    { value: 'everybody', label: 'Everybody' }, { value: 'notRefused', label: 'Everybody who did not refuse' }, { value: 'onlyGranted', label: 'Only people who agreed' },
  ],
  'outboundEmails.systemSmtp.security': [
    { value: 'starttls', label: 'STARTTLS (port 587)' }, { value: 'tls', label: 'TLS (port 465)' }, { value: 'none', label: 'None (only on a trusted network)' },
  ],
}

/** What an empty value means where it means more than "empty". */
const emptyMeans: Record<string, string> = {
  'general.keepLogDetailDays': 'for ever', 'general.keepRawMailDays': 'for ever', 'general.keepAuditDays': 'for ever', 'general.keepNoticesDays': 'for ever',
  'general.logo': 'none', 'outboundEmails.maxPerHour': 'no limit', 'outboundEmails.batchSize': 'all', 'outboundEmails.messagesPerConnection': 'no limit',
  'outboundEmails.window': 'no window', 'outboundEmails.suppressAfterSoft': 'off', 'outboundEmails.systemSmtp.host': 'the Sandbox',
}

export function valueInWords(group: string, key: string, value: unknown): string {
  const name = `${group}.${key}`
  if (value === null || value === undefined || value === '') return emptyMeans[name] ?? 'empty'
  if (name === 'general.logo') return 'a picture'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return key.endsWith('port') ? String(value) : value.toLocaleString()
  if (key === 'window') return windowInWords(value as Window)
  if (key === 'suppressAfterSoft') return softInWords(value as { count: number; days: number })
  return choices[name]?.find((choice) => choice.value === value)?.label ?? (typeof value === 'string' ? value : JSON.stringify(value))
}

/** ISO weekdays: Monday is 1. The first of January 2024 was a Monday. */
export const dayName = (day: number) => new Date(2024, 0, day).toLocaleDateString(undefined, { weekday: 'short' })

const windowInWords = ({ days, from, to, timeZone }: Window) => `${days.map(dayName).join(', ')} ${from}–${to} (${timeZone})`
const softInWords = ({ count, days }: { count: number; days: number }) => `${count} in ${days} days`

/** Groups as their screens are called. */
export const groupTitles: Record<SettingGroup, string> = { general: 'Settings', outboundEmails: 'Outbound Emails' }
