/** Is what comes back read, and does the whole way back work? */
import type { BounceLoop } from '../bounce-loop/contract.ts'
import { readBounceLoop } from '../bounce-loop/loops.ts'
import { loopReader } from '../bounce-loop/reader.ts'
import { type ReturnMailbox, returnMailboxOf } from '../campaign/return-mailbox.ts'
import { unreadableMailboxes } from '../mailbox/look.ts'
import { accountsInUse, defaultAccount } from '../outbound/accounts.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { type Check, error, type Found, ok, unknown, warning } from './check.ts'

const bounceMailbox: Check = {
  code: 'bounceMailbox', network: true,
  async look(ground, now, looking) {
    const unreadable = await unreadableMailboxes(ground, now, looking)
    if (unreadable[0]) return error(unreadable.map(({ message }) => message).join(' '), unreadable[0].advice || 'Open it in Administration > Group Email Accounts and press Test.')
    const ways = await waysBack(ground.db)
    if (ways.length === 0) return unknown('Mail stays in the Sandbox: nothing comes back from outside.')
    return judgeWaysBack(ways, (await loopReader(ground.db, ground.environment)).otherDoor)
  },
}

/** Of every account that mail leaves by. */
async function waysBack(db: Db): Promise<ReturnMailbox[]> {
  const { fromAddress } = await readOutboundEmails(db)
  const accounts = (await accountsInUse(db)).filter(({ kind }) => kind !== 'sandbox')
  const ways = await Promise.all(accounts.map((account) => returnMailboxOf(db, { accountId: account.id, fromAddress: account.fromAddress || fromAddress })))
  return [...new Map(ways.filter(({ returnsTo }) => returnsTo !== '').map((way) => [way.returnsTo, way])).values()]
}

/** `otherDoor`: the SMTP receiver or a webhook, by which bounces come without a mailbox. */
export function judgeWaysBack(ways: readonly ReturnMailbox[], otherDoor: string | null): Found {
  const open = otherDoor ? undefined : ways.find(({ readBy }) => !readBy)
  if (!open) return ok(ways.map(({ readBy, returnsTo }) => `${readBy?.name ?? otherDoor} reads ${returnsTo}.`).join(' '))
  const { returnsTo, idle } = open
  if (!idle) return warning(`Bounces return to ${returnsTo}, and no group email account reads it.`, 'Add its mailbox in Administration > Group Email Accounts. Until then dead addresses are not found.')
  return idle.active
    ? warning(`Bounces return to ${returnsTo}, and ${idle.name} has no mailbox server from which they could be read.`, 'Enter its IMAP server in Administration > Group Email Accounts.')
    : warning(`Bounces return to ${returnsTo}, and ${idle.name} does not monitor it: the account is inactive.`, 'Activate it in Administration > Group Email Accounts. Until then dead addresses are not found.')
}

const bounceLoop: Check = {
  code: 'bounceLoop',
  async look(ground, now) {
    const account = await defaultAccount(ground.db)
    return judgeBounceLoop(await readBounceLoop(ground, now), {
      sandbox: account?.kind === 'sandbox', timeZone: (await readGeneral(ground.db)).timeZone, returnsTo: (await loopReader(ground.db, ground.environment)).returnsTo,
    })
  },
}

/** What the last test says of the way back as it is now: of another way it says nothing. */
export function judgeBounceLoop(loop: BounceLoop, now: { sandbox: boolean; returnsTo: string; timeZone: string }): Found {
  if (loop.status === 'never') return unknown(loop.message)
  if (loop.status === 'running') return unknown(`The test is under way: ${loop.message}`)
  if (loop.sandbox && !now.sandbox) return unknown('It was tested in the Sandbox only: test it again with the account that mail leaves by now.')
  if (!loop.sandbox && wayOf(loop.returnPath!) !== wayOf(now.returnsTo)) return unknown(`Since the last test bounces return elsewhere (${now.returnsTo}): test it again.`)
  const message = `${loop.message} Tested on ${timeInWords(new Date(loop.startedAt!), now.timeZone)}.`
  return loop.status === 'succeeded' ? ok(message) : warning(message, loop.advice)
}

/** With VERP every address is another one. */
const wayOf = (address: string) => address.toLowerCase().replace(/^bounce\+[^@]*@/, 'bounce+@')

export const returnChecks = [bounceMailbox, bounceLoop]
