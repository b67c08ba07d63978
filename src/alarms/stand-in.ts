/**
 * Who tells of trouble lives in workers. While none is alive, every other process stands in for them: it looks for alarms, and carries the mails and
 * posts that wait. A worker that is back needs no hand-over: whatever is looked for or carried is claimed first, by whoever comes.
 */
import { schedulerSeen } from '../health/job-checks.ts'
import { guardedFetch } from '../platform/guarded-fetch.ts'
import type { Ground } from '../platform/ground.ts'
import { startLoop } from '../platform/loop.ts'
import { sendSystemMail } from '../system-mail/send.ts'
import { type PostGround, postDue } from '../webhooks/post.ts'
import { lookForAlarms, type Watch, watchOf } from './watch.ts'

const everyMs = 30_000

export function startStandIn(ground: Ground): { stop(): Promise<void> } {
  const watch = watchOf(ground)
  const fetch = guardedFetch(ground.environment.allowPrivate)
  return startLoop({ name: 'stand-in', everyMs, log: ground.log, work: async () => { await standIn({ ...ground, fetch }, watch) } })
}

/** Answers whether there was need of it. */
export async function standIn(ground: Ground & PostGround, watch: Watch): Promise<boolean> {
  if (await schedulerSeen(ground.db, ground.clock())) return false
  await lookForAlarms(watch)
  await Promise.all([sendSystemMail(ground), postDue(ground)])
  return true
}
