/** The job *Check Group Email Accounts*: reads what is new in every active account, and writes down what stopped it. */
import type { Counts, JobContext } from '../jobs/jobs.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { tellCheck } from './account-notices.ts'
import type { MailAccount } from './accounts.ts'
import { closeImap, openImap, type Imap } from './imap.ts'
import { type Advice, imapAdvice } from './imap-advice.ts'
import type { Found } from './ingest.ts'
import { readFolder } from './read-folder.ts'
import { tidyFolder } from './tidy-folder.ts'

/** A server that does not answer must not keep the others waiting. */
const atOnce = 4
/** Connections that broke in the middle are opened again; what was read stays read. */
const mostConnections = 10

export const checkGroupEmailAccounts = (secrets: Secrets) => async (context: JobContext): Promise<Counts> => {
  const active = await context.db.selectFrom('groupEmailAccount').selectAll().where('status', '=', 'active').where('deletedAt', 'is', null)
    .where('imapHost', '<>', '').orderBy('id').execute()
  const accounts = active.filter((account) => mayAsk(account, context.clock()))
  const counts: Counts = { accounts: accounts.length, failed: 0 }
  const waiting = [...accounts]
  const work = async () => {
    for (let account = waiting.shift(); account && !context.signal.aborted; account = waiting.shift()) {
      const { found, failure } = await checkAccount(context, secrets, account)
      if (failure) counts['failed']!++
      for (const [kind, count] of Object.entries(found)) counts[kind] = (counts[kind] ?? 0) + count
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return counts
}

/** A server that refused us is asked after 1, 2, 4, … minutes, at last twice an hour. A change or a good test asks at once. */
export function mayAsk({ refusedInRow, checkedAt }: MailAccount, now: Date): boolean {
  const pauseMinutes = Math.min(2 ** (refusedInRow - 1), mostPauseMinutes)
  return refusedInRow === 0 || checkedAt === null || now.getTime() - checkedAt.getTime() >= pauseMinutes * 60_000
}
const mostPauseMinutes = 30

export async function checkAccount(context: JobContext, secrets: Secrets, account: MailAccount): Promise<{ found: Found; failure: Advice | null }> {
  const found: Found = {}
  const failure = await readAll(context, secrets, account, (some) => {
    for (const [kind, count] of Object.entries(some)) found[kind as keyof Found] = (found[kind as keyof Found] ?? 0) + count
  })
  await noteCheck(context.db, account.id, found, failure, context.clock())
  await tellCheck(context.db, account, failure, context.clock())
  return { found, failure }
}

/** Null when every folder was read to its end. */
async function readAll(context: JobContext, secrets: Secrets, account: MailAccount, onFound: (found: Found) => void): Promise<Advice | null> {
  for (let connections = 1; ; connections++) {
    let imap: Imap | null = null
    try {
      imap = await openImap({ ...context, secrets }, account)
      await readFolders(imap, context, secrets, account, onFound)
      return null
    } catch (error) {
      const brokeOff = imap !== null && !imap.usable
      if (!brokeOff || connections === mostConnections || context.signal.aborted) return imapAdvice(error, { host: account.imapHost, port: account.imapPort })
    } finally {
      if (imap) await closeImap(imap)
    }
  }
}

async function readFolders(imap: Imap, { db, clock, signal }: JobContext, secrets: Secrets, account: MailAccount, onFound: (found: Found) => void): Promise<void> {
  for (const folder of account.monitoredFolders) {
    const place = await readFolder(imap, { db, secrets, now: clock, signal }, { accountId: account.id, folder, afterReading: account.afterReading }, account.fetchSince, onFound)
    await tidyFolder(imap, db, place)
  }
}

/** What a look outside the job was told counts as the job's own: a server that refuses us is not asked again soon. */
export const noteRefusal = (db: Db, { id, checkFound }: MailAccount, refusal: Advice, now: Date) => noteCheck(db, id, checkFound ?? {}, refusal, now)

const noteCheck = (db: Db, id: string, found: Found, failure: Advice | null, now: Date) =>
  db.updateTable('groupEmailAccount').set((eb) => ({
    refusedInRow: failure?.refused ? eb('refusedInRow', '+', 1) : 0,
    checkedAt: now, checkFound: JSON.stringify(found), checkError: failure && `${failure.message} (${failure.reply})`, checkAdvice: failure && failure.advice,
  })).where('id', '=', id).execute()
