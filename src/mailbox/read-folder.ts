/** Reads what is new in one folder, batch after batch. Looks only (BODY.PEEK in a folder opened read-only): no flag changes by it. */
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { beginAttempt, markOf, mostAttempts, setAside } from './folder-mark.ts'
import { type Imap, openFolder } from './imap.ts'
import { type Fetched, type Found, ingest, moveOn } from './ingest.ts'
import type { Place } from './take-in.ts'
import { days } from './periods.ts'

export type Reading = { db: Db; secrets: Secrets; now: () => Date; signal: AbortSignal }
/** Called with what each batch brought. */
type OnFound = (found: Found) => void

/** One transaction writes so many. */
const batchSize = 50
/** What a report has to say stands at its beginning; of a longer mail the rest is not fetched. */
const mostBytes = 1_000_000

export async function readFolder(imap: Imap, reading: Reading, given: Omit<Place, 'uidValidity'>, fetchSince: Date, onFound: OnFound): Promise<Place> {
  const mailbox = await openFolder(imap, given.folder, { readOnly: true })
  const place: Place = { ...given, uidValidity: Number(mailbox.uidValidity) }
  const { lastUid, attempts } = await markOf(reading.db, place)
  if (mailbox.exists === 0 || mailbox.uidNext <= lastUid + 1) return place
  const uids = await newUids(imap, lastUid, fetchSince)
  // What failed together is tried one by one: the others must not wait for it.
  for (let at = 0, size = attempts > 0 ? 1 : batchSize; at < uids.length; at += size, size = batchSize) {
    if (reading.signal.aborted) return place
    size = await readSome(imap, reading, place, uids.slice(at, at + size), fetchSince, onFound)
  }
  // What is older than asked for is not looked at again.
  await moveOn(reading.db, place, mailbox.uidNext - 1)
  return place
}

/** IMAP knows days only (RFC 3501 6.4.4 SINCE); the hour is looked at with the message. */
async function newUids(imap: Imap, lastUid: number, fetchSince: Date): Promise<number[]> {
  const dayBefore = new Date(fetchSince.getTime() - days(1))
  const found = await imap.search({ uid: `${lastUid + 1}:*`, since: dayBefore }, { uid: true })
  // "n:*" always names the last message too (RFC 3501 6.4.8).
  return (found || []).filter((uid) => uid > lastUid).sort((a, b) => a - b)
}

/** The server's time of a message has whole seconds (RFC 3501 2.3.3 INTERNALDATE): what came in the very second is not older. */
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)

/** Answers how many of these messages are done with: all, or after a failure the first. */
async function readSome(imap: Imap, reading: Reading, place: Place, uids: number[], fetchSince: Date, onFound: OnFound): Promise<number> {
  const messages = (await fetchSome(imap, uids)).filter(({ receivedAt }) => receivedAt >= wholeSecond(fetchSince))
  const attempts = await beginAttempt(reading.db, place)
  try {
    onFound(await ingest(reading, place, messages, uids.at(-1)!, reading.now()))
  } catch (error) {
    if (uids.length > 1) return readSome(imap, reading, place, uids.slice(0, 1), fetchSince, onFound)
    if (attempts < mostAttempts) throw error
    await setAside(reading.db, place, { uid: uids[0]!, receivedAt: messages[0]!.receivedAt }, (error as Error).message, reading.now())
  }
  return uids.length
}

/** One that is gone meanwhile is simply not there. */
async function fetchSome(imap: Imap, uids: number[]): Promise<Fetched[]> {
  const messages: Fetched[] = []
  for await (const { uid, internalDate, source } of imap.fetch(uids.join(','), { uid: true, internalDate: true, source: { maxLength: mostBytes } }, { uid: true })) {
    if (source) messages.push({ uid, receivedAt: new Date(internalDate ?? 0), raw: source })
  }
  return messages
}
