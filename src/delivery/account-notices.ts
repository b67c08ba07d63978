/**
 * Who hears of a broken outbound account: the administrators, once when it breaks and once when it works again. Read from the accounts'
 * state, so that a process that dies between the break and the notice hides nothing.
 */
import { endNotice, notify, openFaults } from '../notices/notices.ts'
import type { Db } from '../platform/db.ts'

type Broken = { id: string; name: string; brokenReason: string | null }

export async function tellAboutAccounts(db: Db, now: Date): Promise<void> {
  const broken = await db.selectFrom('outboundAccount').select(['id', 'name', 'brokenReason']).where('brokenSince', 'is not', null).execute()
  const told = await openFaults(db, 'accountBroken')
  const isTold = new Set(told.map(({ onceKey }) => onceKey))
  for (const account of broken) if (!isTold.has(keyOf(account.id))) await tellBroken(db, account, now)
  for (const { aboutId, aboutName } of told) {
    if (!broken.some(({ id }) => id === aboutId)) await tellOver(db, { id: aboutId!, name: aboutName! }, now)
  }
}

const keyOf = (accountId: string) => `accountBroken:${accountId}`
const about = ({ id, name }: { id: string; name: string }) => ({ type: 'OutboundAccount', id, name })

const tellBroken = (db: Db, account: Broken, now: Date) => notify(db, {
  kind: 'accountBroken', level: 'error', to: 'administrators', about: about(account), onceKey: keyOf(account.id), title: `${account.name} does not take mail`,
  text: `${account.brokenReason ?? 'No answer'}. Nothing is sent through it for now; it is tried again by itself, and nobody is counted as failed.`,
}, now)

/** Of an account that was deleted there is nothing more to say. */
const tellOver = (db: Db, account: { id: string; name: string }, now: Date) => db.transaction().execute(async (tx) => {
  if (!(await endNotice(tx, keyOf(account.id), now))) return
  const isThere = await tx.selectFrom('outboundAccount').select('id').where('id', '=', account.id).executeTakeFirst()
  if (isThere) await notify(tx, { kind: 'accountWorks', level: 'success', to: 'administrators', about: about(account), title: `${account.name} works again`, text: 'What waited for it goes out.' }, now)
})
