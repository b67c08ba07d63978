/** One notice as a mail, or several as one. */
import { addressOf } from '../notices/contract.ts'
import type { Unmailed } from '../notices/unmailed.ts'
import { asHtml, asText, type Part } from '../system-mail/letter.ts'

type Letter = { subject: string; text: string; html: string }
type Place = { siteUrl: string }

export function noticeLetter(notices: readonly Unmailed[], place: Place): Letter {
  const [first] = notices
  const title = notices.length === 1 ? first!.title : `${notices.length} notices: ${first!.title}, and more`
  const parts: Part[] = [...notices.flatMap((notice) => partsOf(notice, notices.length > 1, place)), ...footer(place)]
  return { subject: title, text: asText(title, parts), html: asHtml(title, parts) }
}

function partsOf({ title, text, about }: Unmailed, withTitle: boolean, { siteUrl }: Place): Part[] {
  const address = addressOf(about)
  return [
    ...(withTitle ? [{ kind: 'heading', text: title } as const] : []),
    ...(text ? [{ kind: 'text', text } as const] : []),
    ...(address ? [{ kind: 'link', text: `Open ${about!.name}`, url: siteUrl + address } as const] : []),
  ]
}

const footer = ({ siteUrl }: Place): Part[] => [
  { kind: 'quiet', text: 'This stands under the bell in Tidings, too. You choose which notices are mailed to you under My account.' },
  { kind: 'link', text: 'Choose which notices are mailed', url: `${siteUrl}/account` },
]
