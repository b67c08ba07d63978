/** Mailboxes that tell by themselves when something arrives (IMAP IDLE, RFC 2177): the job then reads at once, not at the next minute. */
import { runJobSoon } from '../jobs/jobs.ts'
import type { Ground } from '../platform/ground.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import type { MailAccount } from './accounts.ts'
import { closeImap, openFolder, openImap, type Imap } from './imap.ts'

/** New accounts, changed ones and connections that broke are looked after this often; the job reads each minute in any case. */
const everyMs = 30_000

type Watched = { version: number; imap: Imap }

export function watchMailboxes(ground: Ground): Loop {
  const watched = new Map<string, Watched>()
  const leave = async (id: string) => {
    const known = watched.get(id)
    watched.delete(id)
    if (known) await closeImap(known.imap)
  }
  const loop = startLoop({
    name: 'mailboxes', everyMs, log: ground.log,
    async work() {
      const accounts = await readableAccounts(ground.db)
      const isCurrent = ([id, { version, imap }]: [string, Watched]) => imap.usable && accounts.some((account) => account.id === id && account.version === version)
      await Promise.all([...watched].filter((each) => !isCurrent(each)).map(([id]) => leave(id)))
      await Promise.all(accounts.filter(({ id }) => !watched.has(id)).map(async (account) => {
        // What keeps it from being read is told by the job, which meets the same trouble.
        const imap = await watch(ground, account).catch(() => null)
        if (imap) watched.set(account.id, { version: account.version, imap })
      }))
    },
  })
  return {
    nudge: loop.nudge,
    async stop() {
      await loop.stop()
      await Promise.all([...watched.keys()].map(leave))
    },
  }
}

/** Those that the job could read: a wrong password must not be tried twice as often, or the provider locks the account. */
const readableAccounts = (db: Ground['db']): Promise<MailAccount[]> => db.selectFrom('groupEmailAccount').selectAll()
  .where('status', '=', 'active').where('deletedAt', 'is', null).where('checkedAt', 'is not', null).where('checkError', 'is', null).execute()

/** Null where the server cannot tell. Only the first folder is watched: a connection sees one, and bounces arrive there. */
async function watch(ground: Ground, account: MailAccount): Promise<Imap | null> {
  const imap = await openImap(ground, account, { idle: true })
  if (!imap.capabilities.has('IDLE')) {
    await closeImap(imap)
    return null
  }
  imap.on('exists', () => {
    runJobSoon(ground.db, 'check-group-email-accounts').catch((error: Error) => ground.log.warn({ error: error.message }, 'a mailbox told of new mail, and the job could not be asked to read it'))
  })
  try {
    await openFolder(imap, account.monitoredFolders[0]!, { readOnly: true })
  } catch (error) {
    await closeImap(imap)
    throw error
  }
  return imap
}
