/**
 * `npm run fuzz:bounce -- --minutes 10`: throws damaged and extreme messages at the classifier and reports the slowest, the memory and every
 * exception, with the seed that repeats it. Fails when one throws, takes over a second of processor time, or memory grows over 64 MB.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { classify } from '../src/bounce/classify.ts'
import { damaged, extremes, manyParts, nested, randomFrom } from '../test/hostile-mail.ts'
import { deliveryReport, feedbackReport, letter, writtenReport } from '../test/returned-mail.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } } })
const endsAt = Date.now() + Number(values.minutes) * 60_000
const longestMs = 1_000
const mostMegabytes = 64

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const megabytes = () => (process.memoryUsage().heapUsed + process.memoryUsage().external) / 2 ** 20

const seeds = [
  deliveryReport([{ address: 'reader@example.com', status: '5.1.1', diagnostic: '550 5.1.1 User unknown' }]), feedbackReport(),
  writtenReport('The following address(es) failed:\n\n  reader@example.com\n    550 no such user\n'), letter(['Subject: Out of office', 'Auto-Submitted: auto-replied'], 'Back on Monday.'),
  Buffer.from(nested(20)), Buffer.from(manyParts(20)),
].map(String)

const slowest = { name: '', ms: 0 }
let growth = 0
let messages = 0
const failures: string[] = []

/** Processor time, so that a busy machine accuses nobody. */
async function tryOne(name: string, message: Buffer): Promise<void> {
  const before = process.cpuUsage()
  try {
    await classify(message)
  } catch (error) {
    failures.push(`${name}: ${String(error)}`)
  }
  const { user, system } = process.cpuUsage(before)
  const ms = (user + system) / 1000
  if (ms > slowest.ms) Object.assign(slowest, { name, ms })
  messages++
}

async function tryExtremes(): Promise<void> {
  for (const { name, message } of extremes()) {
    const raw = Buffer.from(message)
    collectGarbage()
    const before = megabytes()
    await tryOne(name, raw)
    growth = Math.max(growth, megabytes() - before)
  }
}

collectGarbage()
await tryExtremes()
for (let seed = Number(values.seed); Date.now() < endsAt; seed++) {
  const random = randomFrom(seed)
  const pick = () => seeds[Math.floor(random() * seeds.length)]!
  await tryOne(`seed ${seed}`, damaged(pick(), pick(), random))
}
if (slowest.ms > longestMs) failures.push(`${slowest.name} took ${Math.round(slowest.ms)} ms`)
if (growth > mostMegabytes) failures.push(`memory grew by ${Math.round(growth)} MB`)
console.log(`${messages} messages, slowest ${Math.round(slowest.ms)} ms (${slowest.name}), memory at most +${Math.round(growth)} MB, ${failures.length} failures`)
for (const failure of failures) console.log(failure)
process.exitCode = failures.length > 0 ? 1 : 0
