/** What in a message may name the mail that it answers. Nothing here is proof: signatures are for the caller to check. */
import { addressesIn } from './addresses.ts'
import type { References } from './classification.ts'
import { maxReferences } from './limits.ts'
import type { Mail } from './read-mail.ts'

export function referencesOf({ headers, returned, everything }: Mail): References {
  const valuesOf = (names: readonly string[]) => names.flatMap((name) => headers.get(name) ?? [])
  const named = [...(returned.get('message-id') ?? []), ...valuesOf(answerFields)].flatMap(messageIds)
  const mentioned = [...everything.matchAll(/^[> \t]{0,8}(?:Original-)?Message-ID:\s{0,4}(<[^<>\s]{1,998}>)/gim)].map((match) => match[1]!)
  const own = new Set(valuesOf(['message-id']).flatMap(messageIds))
  return {
    messageIds: some([...named, ...mentioned].filter((id) => !own.has(id))),
    deliveryTokens: some([...everything.matchAll(/^[> \t]{0,8}X-Delivery:[ \t]{0,4}([\w-]{16,200})/gim)].map((match) => match[1]!)),
    sentTo: some(valuesOf(recipientFields).flatMap(addressesIn)),
  }
}

const answerFields = ['in-reply-to', 'references', 'original-message-id', 'x-original-message-id']
const recipientFields = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc']

const messageIds = (text: string): string[] => text.match(/<[^<>\s]{1,998}>/g) ?? []

const some = (all: string[]): string[] => [...new Set(all)].slice(0, maxReferences)
