/** Impatient people and two workers: the job fired at the same moment by both, every button pressed five times at once. */
import type { Api } from '../../src/demo/api.ts'
import { Installation } from '../installation.ts'
import { prepare, runJob, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const times = 5

export const pressedFiveTimes: Scenario = {
  name: 'pressed-five-times',
  promise: 'the job fired by two workers at once, and send, pause and resume pressed five times, mail nobody twice',
  async run(place) {
    await using installation = await Installation.start(place, { senders: 2 })
    await using _secondWorker = await installation.startProgram('worker')
    const { api, journal } = installation
    const massEmail = await prepare(api, { recipients: 4_000 })
    const path = `/mass-emails/${massEmail.id}`
    await fiveTimes(() => api.patch(path, { status: 'pending' }))
    await fiveTimes(() => runJob(api))
    for (const count of [800, 1_600, 2_400]) {
      await journal.received(count)
      await fiveTimes(() => api.post(`${path}/pause`, {}))
      await fiveTimes(() => runJob(api))
      await fiveTimes(() => api.post(`${path}/resume`, {}))
      await mixed(api, path)
      await fiveTimes(() => runJob(api))
    }
    await untilComplete(api, massEmail)
    return await measure(installation, [massEmail])
  },
}

/** That a step is not allowed any more is a good answer; how it ends is what counts. */
const fiveTimes = (press: () => Promise<unknown>) => Promise.allSettled(Array.from({ length: times }, press))

async function mixed(api: Api, path: string): Promise<void> {
  await Promise.allSettled(['pause', 'resume', 'pause', 'resume'].map((step) => api.post(`${path}/${step}`, {})))
  await api.post(`${path}/resume`, {}).catch(() => {})
}
