/**
 * Watches Delivery Health for people who do not look. A loop of its own in each worker, beside the scheduler: a scheduler that is dead
 * is one of the things that it tells of (stand-in.ts: also when no worker lives). One process at a time has the turn; what was told stands in the database, so a restart repeats nothing.
 */
import { sql } from 'kysely'
import { createDeliveryHealth, type DeliveryHealth } from '../health/delivery-health.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import { newId } from '../platform/id.ts'
import { startLoop } from '../platform/loop.ts'
import { judge, type Judgement, type Told } from './judge.ts'
import { countWebhooks, readAlarmSettings } from './settings.ts'
import { tell } from './tell.ts'

const everyMs = 30_000
const worksForMs = 300_000
/** Longer than a look takes; a watcher that died is followed by another one after that. */
const turnSeconds = 120

export type Watch = { db: Db; health: Pick<ReturnType<typeof createDeliveryHealth>, 'read'>; watcher: string; now: () => Date }

export function startAlarms(ground: Ground): { stop(): Promise<void> } {
  const watch = watchOf(ground)
  return startLoop({ name: 'alarms', everyMs, log: ground.log, work: async () => { await lookForAlarms(watch) } })
}

export const watchOf = (ground: Ground): Watch => ({ db: ground.db, health: healthToWatch(ground), watcher: newId(), now: ground.clock })

/** What works is believed for some minutes: signing in at every server with each look would be thousands of times a day. */
export const healthToWatch = (ground: Ground, ticks?: () => number) => createDeliveryHealth(ground, { holdsMs: worksForMs, ticks })

/** Answers how much was told; 0 also where nobody wants to hear of it, or another process has the turn. */
export async function lookForAlarms({ db, health, watcher, now }: Watch): Promise<number> {
  if (!(await isWanted(db))) return forgetTold(db)
  if (!(await takeTurn(db, watcher))) return 0
  const found = await health.read()
  return db.transaction().execute((tx) => judgeAndTell(tx, found, watcher, now()))
}

/** Whoever wants to hear of it later has been told nothing. */
async function forgetTold(db: Db): Promise<0> {
  await db.deleteFrom('alarm').execute()
  return 0
}

/** Nobody is asked over the network for nobody. */
async function isWanted(db: Db): Promise<boolean> {
  const { emailAddresses } = await readAlarmSettings(db)
  return emailAddresses.length > 0 || (await countWebhooks(db)) > 0
}

async function takeTurn(db: Db, watcher: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update alarm_setting set watcher = ${watcher}, watched_until = clock_timestamp() + make_interval(secs => ${turnSeconds})
     where watcher = ${watcher} or watched_until is null or watched_until < clock_timestamp()`.execute(db)
  return numAffectedRows === 1n
}

async function judgeAndTell(tx: Tx, { checks }: DeliveryHealth, watcher: string, now: Date): Promise<number> {
  // Whoever lost the turn while he looked tells nothing any more.
  const settings = await tx.selectFrom('alarmSetting').select('watcher').forUpdate().executeTakeFirstOrThrow()
  if (settings.watcher !== watcher) return 0
  const told = await tx.selectFrom('alarm').selectAll().execute() as Told[]
  const rules = await readAlarmSettings(tx)
  const judgement = judge(checks, told, rules, now)
  if (judgement.alarms.length + judgement.over.length === 0) return 0
  await writeDown(tx, judgement, now)
  await tell(tx, judgement, rules.emailAddresses, now)
  return judgement.alarms.length + judgement.over.length
}

async function writeDown(tx: Tx, { alarms, over }: Judgement, now: Date): Promise<void> {
  if (over.length > 0) await tx.deleteFrom('alarm').where('code', 'in', over.map(({ code }) => code)).execute()
  for (const { code, level, message } of alarms) {
    await tx.insertInto('alarm').values({ code, level, message, toldAt: now }).onConflict((conflict) => conflict.column('code').doUpdateSet({ level, message, toldAt: now })).execute()
  }
}
