/** House-keeping of a sender: what falls to anybody, so that nothing is left lying when a process is gone. */
import { forgetOldUses } from '../pace/allowance.ts'
import { forgetUnknown } from '../pace/outages.ts'
import { recoverRoutes } from '../pace/slow-routes.ts'
import { sumUpOldTraffic, type Traffic } from '../pace/traffic.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { definitionsStamp, refreshEntityTypes, untouchedStamp } from '../records/entity-types.ts'
import { cancelWithoutTemplate, completeAllDone, skipCanceled, skipNotMailable } from './finish.ts'
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
  /** The state of the entity types under which nobody is left who is not mailable. */
  #definitions = untouchedStamp

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
    await this.#followDefinitions()
    await keepWatch(db, clock())
    await tellAboutOutages(db, clock())
    await completeAllDone(db, settings, clock())
    const slowed = await this.#traffic.write(db, clock(), isQuiet)
    await recoverRoutes(db, clock())
    await this.#sweep()
    return slowed
  }

  /** Once for each change of entity types; of very many that are skipped a part at a time. */
  async #followDefinitions(): Promise<void> {
    const { db, clock } = this.#ground
    await refreshEntityTypes(db)
    const stamp = definitionsStamp()
    if (stamp !== this.#definitions && (await skipNotMailable(db, clock())) === 0) this.#definitions = stamp
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
