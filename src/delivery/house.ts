/** House-keeping of a sender: what falls to anybody, so that nothing is left lying when a process is gone. */
import { forgetOldUses } from '../pace/allowance.ts'
import { forgetUnknown } from '../pace/outages.ts'
import { recoverRoutes } from '../pace/slow-routes.ts'
import { sumUpOldTraffic, type Traffic } from '../pace/traffic.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { cancelWithoutTemplate, completeAllDone, skipCanceled } from './finish.ts'
import { NotMailable } from './not-mailable.ts'
import { tellAboutOutages } from './outage-notices.ts'
import { recoverFromDeadSenders } from './recover.ts'
import { requeueUncertain } from './uncertain.ts'
import { keepWatch } from './watch.ts'

type HouseGround = { db: Db; clock: Clock; log: Log }

/** What is merely old can wait a minute. */
const sweepEveryMs = 60_000

export class HouseKeeper {
  readonly #ground: HouseGround
  readonly #traffic: Traffic
  #sweptAt = 0
  readonly #notMailable = new NotMailable()

  constructor(ground: HouseGround, traffic: Traffic) {
    this.#ground = ground
    this.#traffic = traffic
  }

  /** `isQuiet`: nothing is being carried. Answers whether a route was slowed down. */
  async keep(isQuiet: boolean): Promise<boolean> {
    const { db, clock, log } = this.#ground
    const settings = await readOutboundEmails(db)
    const uncertain = await recoverFromDeadSenders(db, clock)
    if (uncertain > 0) log.warn({ deliveries: uncertain }, 'a sender was lost: some deliveries are uncertain')
    await requeueUncertain(db, settings, clock())
    await cancelWithoutTemplate(db, clock())
    await skipCanceled(db, clock())
    await keepWatch(db, clock())
    await tellAboutOutages(db, clock())
    await this.#notMailable.follow(db, clock())
    await completeAllDone(db, settings, clock())
    const slowed = await this.#traffic.write(db, clock(), isQuiet)
    await recoverRoutes(db, clock())
    await this.#sweep()
    return slowed
  }

  async #sweep(): Promise<void> {
    if (performance.now() - this.#sweptAt < sweepEveryMs) return
    this.#sweptAt = performance.now()
    const { db, clock } = this.#ground
    await forgetOldUses(db, clock)
    await forgetUnknown(db, clock())
    await sumUpOldTraffic(db, clock())
  }
}
