/** What every provider's file answers: whether a post is genuine, and what it tells. */
import { AppError } from '../platform/errors.ts'
import type { ProviderReport } from '../mailbox/provider-reports.ts'

/** Names of header fields are in lower case. */
export type Post = { body: Buffer; headers: Record<string, string | string[] | undefined>; now: Date }

export type Opened = {
  reports: ProviderReport[]
  /** Where the signature does not cover the event: it is good for this event only. */
  once?: { token: string; eventId: string }
}

export type Provider = {
  /** What is wrong with a key, in words, or null. */
  keyFault(key: string): string | null
  /** Throws what `notBelieved` makes, for a post that is not the provider's. */
  open(post: Post, key: string): Promise<Opened>
}

export const notBelieved = (message: string) => new AppError('forbidden', 'notBelieved', message)

export const headerOf = ({ headers }: Post, name: string): string => String(headers[name] ?? '')

/** JSON, or 400: nobody who signs sends anything else. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid', 'notJson', 'The body is not JSON.')
  }
}
