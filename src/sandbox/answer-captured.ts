/** Sends back what a real server or reader would: the answers go the way of all mail that comes back, and act like it. */
import { handOver } from '../mailbox/hand-over.ts'
import type { Db } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import { type AnswerKind, writeAnswer } from './answers.ts'

/** One transaction takes so many. */
const atOnce = 50

type World = Pick<Ground, 'db' | 'secrets' | 'clock'>

/**
 * Answers mail that was captured before, and says how much. That it is answered is written together with what the answer says; two
 * processes that write the same answer write the same bytes, which count once.
 */
export async function answerCaptured({ db, secrets, clock }: World, before = new Date()): Promise<number> {
  const due = await dueMail(db, before)
  if (due.length === 0) return 0
  const raws = due.map(({ answerDue, ...mail }) => writeAnswer(answerDue as AnswerKind, mail))
  await handOver({ db, secrets }, {
    door: { door: 'sandbox' }, raws, now: clock(),
    done: (tx) => tx.updateTable('sandboxMessage').set({ answerDue: null }).where('id', 'in', due.map(({ id }) => id)).execute(),
  })
  return due.length
}

const dueMail = (db: Db, before: Date) => db.selectFrom('sandboxMessage')
  .select(['id', 'envelopeFrom', 'envelopeTo', 'subject', 'raw', 'receivedAt', 'answerDue'])
  .where('answerDue', 'is not', null).where('receivedAt', '<=', before).orderBy('receivedAt').limit(atOnce).execute()
