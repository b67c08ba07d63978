/** Bounce loops in the database: started by an administrator, carried by the outbox, read with what is known of them. */
import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { senderOf } from '../campaign/sender.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import { readAccount } from '../outbound/accounts.ts'
import { returnPath } from '../outbound/return-path.ts'
import type { Db, Tx } from '../platform/db.ts'
import { domainOf, parseAddress } from '../platform/email-address.ts'
import type { Environment } from '../platform/environment.ts'
import { AppError, invalid } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { encodeToken, encodeVerp } from '../platform/token.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { queueSystemMail } from '../system-mail/queue.ts'
import type { BounceLoop } from './contract.ts'
import { judgeLoop, loopWaitMs } from './loop.ts'
import { loopReader } from './reader.ts'
import { loopLane } from './returns.ts'

type World = { db: Db; environment: Pick<Environment, 'bounceReceiver'> }

export async function readBounceLoop({ db, environment }: World, now: Date): Promise<BounceLoop> {
  const loop = await db.selectFrom('bounceLoop').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  const suggestedAddress = suggest(await defaultSender(db), loop?.id ?? 0)
  if (!loop) return { ...neverRun, suggestedAddress }
  const mail = await db.selectFrom('systemMail').select(['status', 'reply', 'attempts', 'wireAt', 'endedAt'])
    .where('purpose', '=', purpose).where('ref', '=', String(loop.id)).executeTakeFirst() ?? null
  const state = judgeLoop(loop, mail, await loopReader(db, environment), now)
  return {
    ...state, startedAt: loop.startedAt.toISOString(), endedAt: state.endedAt?.toISOString() ?? null,
    address: loop.address, returnPath: loop.returnPath, accountName: loop.accountName, sandbox: loop.sandbox, suggestedAddress,
  }
}

const purpose = 'bounceLoop'

const neverRun = {
  status: 'never', message: 'It has never been tested whether a bounce comes back.', advice: 'Start the test: it mails an address that cannot exist.',
  startedAt: null, endedAt: null, address: null, returnPath: null, accountName: null, sandbox: false, steps: [],
} satisfies Omit<BounceLoop, 'suggestedAddress'>

/** A mail with everything that brings the bounces of mass email home, to an address that nobody has. */
export async function startBounceLoop(tx: Tx, given: string | undefined, { actor, secrets, now }: { actor: Actor; secrets: Secrets; now: Date }): Promise<void> {
  const sender = await defaultSender(tx)
  if (!sender || sender.fromAddress === '') throw new AppError('conflict', 'senderMissing', 'There is no address to send from. Set one under Administration > Outbound Emails.')
  const last = await tx.selectFrom('bounceLoop').select((eb) => eb.fn.max('id').as('id')).executeTakeFirst()
  const address = expectAddress(given || suggest(sender, last?.id ?? 0)!, sender.kind)
  const [settings, account] = [await readOutboundEmails(tx), await readAccount(tx, sender.accountId)]
  const { id } = await tx.insertInto('bounceLoop').values({
    address, returnPath: '', accountName: account.name, sandbox: sender.kind === 'sandbox', startedAt: now, startedBy: actor.userId,
  }).returning('id').executeTakeFirstOrThrow()
  const key = secrets.key(linkKeyPurpose)
  const path = returnPath({ account, settings, from: sender.fromAddress }, settings.verp ? encodeVerp(key, loopLane, id, true) : null)
  await tx.updateTable('bounceLoop').set({ returnPath: path }).where('id', '=', id).execute()
  await queueSystemMail(tx, {
    purpose, ref: String(id), to: { address }, subject: 'Does a bounce come back?', text: letter, returnPath: path, expiresAt: new Date(now.getTime() + loopWaitMs),
    messageId: `${encodeToken(key, { purpose: 'messageId', lane: loopLane, id, test: true })}@${domainOf(sender.fromAddress)}`,
  }, now)
  await audit(tx, actor, 'bounceLoopStarted', { type: 'BounceLoop', id: String(id), detail: { address } })
}

const letter = 'This mail was sent to an address that should not exist, to see whether its bounce comes back.\nIf you can read it, the address does exist: nothing needs to be done.\n'

const defaultSender = (db: Db) => senderOf(db, { accountId: null, fromAddress: '', fromName: '' })

/** The same until a test was started; nobody has such a mailbox. */
function suggest(sender: Awaited<ReturnType<typeof defaultSender>>, lastId: number): string | null {
  if (!sender || sender.fromAddress === '') return null
  const mark = createHash('sha256').update(`${sender.fromAddress} ${lastId}`).digest('hex').slice(0, 10)
  return sender.kind === 'sandbox' ? `hard-bounce-${mark}@${domainOf(sender.fromAddress)}` : `no-such-mailbox-${mark}@${domainOf(sender.fromAddress)}`
}

function expectAddress(given: string, kind: string): string {
  const { address, wellFormed } = parseAddress(given)
  if (!wellFormed || address === '') throw invalid([{ path: 'address', message: 'This is not an email address.' }])
  if (kind === 'sandbox' && !/^(hard|soft)-bounce/i.test(address)) {
    throw invalid([{ path: 'address', message: 'Mail goes to the Sandbox, which answers only for addresses that begin with hard-bounce.' }])
  }
  return address
}

/** Clean Up: all that are older than 30 days but the last one, whose result is still told. */
export async function forgetOldLoops(db: Db, now: Date): Promise<number> {
  const last = db.selectFrom('bounceLoop').select((eb) => eb.fn.max('id').as('id'))
  const { numDeletedRows } = await db.deleteFrom('bounceLoop').where('startedAt', '<', new Date(now.getTime() - 30 * 24 * 3_600_000)).where('id', '<', last).executeTakeFirst()
  return Number(numDeletedRows)
}
