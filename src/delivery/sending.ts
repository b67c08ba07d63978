/** Keeps a sender going: feeding, renewing its lease, keeping house; and for tests a way to let it run dry. */
import { startLoop } from '../platform/loop.ts'
import { renewEveryMs } from './lease.ts'
import { Sender, type SenderGround } from './sender.ts'

const feedEveryMs = 250
const keepHouseEveryMs = 1_000

/** Sends whatever is due until stopped; then drains. */
export async function startSending(ground: SenderGround): Promise<{ stop(): Promise<void> }> {
  const { log } = ground
  let nudge = () => {}
  const sender = await Sender.start(ground, () => nudge())
  // While there is something to claim it goes straight on: the carriers must not run dry.
  const feed = startLoop({ name: 'sender feed', everyMs: feedEveryMs, log, work: async () => (await sender.feed()) > 0 })
  nudge = feed.nudge
  const lease = startLoop({ name: 'sender lease', everyMs: renewEveryMs, log, work: () => sender.renew() })
  const house = startLoop({ name: 'sender house-keeping', everyMs: keepHouseEveryMs, log, work: () => sender.keepHouse() })
  return {
    async stop() {
      await Promise.all([feed.stop(), house.stop()])
      // The lease lives until the wire is quiet: without it no final dot may be written.
      await sender.stop()
      await lease.stop()
    },
  }
}

/** Sends everything that is due now and open, then returns. Answers how many deliveries were claimed. */
export async function sendWhatIsDue(ground: SenderGround): Promise<number> {
  const sender = await Sender.start(ground)
  let total = 0
  try {
    for (;;) {
      await sender.renew()
      await sender.keepHouse()
      const claimed = await sender.feed()
      const { isChanging } = sender
      await sender.idle()
      if (claimed === 0 && !isChanging) return total
      total += claimed
    }
  } finally {
    await sender.stop()
  }
}
