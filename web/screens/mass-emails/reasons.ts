/** Why deliveries failed or were skipped, in words, and grouped for one look. Pure. */
import { verdictTexts } from './verdicts.ts'

const failureTexts: Record<string, string> = {
  deadAddress: 'The address does not exist',
  refused: 'The server refused it',
  addressUnsafe: 'The address holds what no address may hold',
  policy: 'The server refused the mail: policy',
  content: 'The server refused the mail: content',
  size: 'The mail is too large for the server',
  triedLongEnough: 'Tried long enough',
  notComposed: 'The mail could not be made',
  smtputf8NotOffered: 'The server takes no address like this one',
  domainLimit: 'Its domain gets only so much an hour',
  domainHeld: 'Its domain suddenly called many addresses unknown: held until somebody decides (Administration > Domain rules)',
  domainOutage: 'Called unknown while its whole domain was out of order: not given up until somebody decides (Administration > Domain rules)',
  senderLost: 'The sending program ended before the answer came',
  countedAsSent: 'Counted as sent by a person',
  noAnswer: 'No answer after the mail was handed over',
  deferred: 'Put off by the server, tried again later',
}
const stoppedTexts: Record<string, string> = {
  canceled: 'The mass email was canceled',
  recordDeleted: 'The record was deleted meanwhile',
  removedFromLists: 'Left all lists meanwhile',
  addressChanged: 'The address changed meanwhile',
}

/** What is not known is shown as it is. */
export const reasonWords = (code: string): string => failureTexts[code] ?? stoppedTexts[code] ?? verdictTexts[code]?.name ?? code

type Told = { reasonCode?: string | null | undefined; reason?: string | null | undefined }
export type ReasonGroup = { code: string; words: string; count: number; example: string | null }

/** The most frequent first. The example is what the server said to one of them. */
export function reasonGroups(deliveries: Told[]): ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>()
  for (const { reasonCode, reason } of deliveries) {
    const code = reasonCode ?? 'unknown'
    const example = reason && reason !== code ? reason : null
    const group = groups.get(code) ?? { code, words: reasonCode ? reasonWords(code) : 'No reason given', count: 0, example }
    groups.set(code, { ...group, count: group.count + 1 })
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count)
}
