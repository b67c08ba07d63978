/** Puts alarms on their way: a mail to each address, and the events of webhooks; in the transaction that writes down that they were given. */
import { checkTitles } from '../health/contract.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { readGeneral } from '../settings/settings.ts'
import { asHtml, asText, type Part } from '../system-mail/letter.ts'
import { queueSystemMail } from '../system-mail/queue.ts'
import { queueWebhookEvent } from '../webhooks/queue.ts'
import type { Judgement, Over } from './judge.ts'

export const titleOf = (code: string): string => (checkTitles as Record<string, string>)[code] ?? code

export async function tell(tx: Tx, { alarms, over }: Judgement, addresses: readonly string[], now: Date): Promise<void> {
  const { siteUrl, timeZone } = await readGeneral(tx)
  await mailAlarm(tx, addresses, letterOf({ alarms, over }, { siteUrl, timeZone }), now)
  for (const { code, level, message, advice, since } of alarms) {
    await queueWebhookEvent(tx, 'healthAlarm', { text: `${titleOf(code)}: ${message}`, data: { code, level, message, advice, since: since.toISOString() } }, now)
  }
  for (const alarm of over) await queueWebhookEvent(tx, 'healthOver', { text: overWords(alarm), data: { code: alarm.code, toldAt: alarm.toldAt.toISOString() } }, now)
}

const overWords = ({ code, left }: Over) => (left === null ? `${titleOf(code)} is in order again.` : `${titleOf(code)} is a warning now, and no alarm any more: ${left}`)

export type Letter = { title: string; parts: Part[] }

export async function mailAlarm(tx: Tx, addresses: readonly string[], { title, parts }: Letter, now: Date): Promise<void> {
  const ref = newId()
  for (const address of addresses) {
    await queueSystemMail(tx, { purpose: 'alarm', ref: `${ref} ${address}`, to: { address }, subject: title, text: asText(title, parts), html: asHtml(title, parts), anyAccount: true }, now)
  }
}

/** What is found together is one mail. */
export function letterOf({ alarms, over }: Judgement, { siteUrl, timeZone }: { siteUrl: string; timeZone: string }): Letter {
  const names = (codes: readonly { code: string }[]) => codes.map(({ code }) => titleOf(code)).join(', ')
  const title = alarms.length > 0 ? `${alarms.every(({ again }) => again) ? 'Still an alarm' : 'Alarm'}: ${names(alarms)}` : `Over: ${names(over)}`
  const parts: Part[] = [
    ...alarms.flatMap(({ code, level, message, advice, since }): Part[] => [
      { kind: 'heading', text: `${titleOf(code)} (${level}, since ${timeInWords(since, timeZone)})` }, { kind: 'text', text: message }, ...(advice ? [{ kind: 'text', text: advice } as const] : []),
    ]),
    ...over.map((alarm): Part => ({ kind: 'text', text: `${overWords(alarm)} The alarm was given at ${timeInWords(alarm.toldAt, timeZone)}.` })),
    { kind: 'link', text: 'Open Delivery Health', url: `${siteUrl}/administration/delivery-health` },
    { kind: 'quiet', text: 'Who gets alarms, and of what, is set under Administration > Alarms.' },
  ]
  return { title, parts }
}
