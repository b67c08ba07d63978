/** `growth` and memory: what a recipient costs, and how much memory the server holds, when there are ten and a hundred times as many. */
import type { Report } from './figure.ts'
import { openInstallation } from './installation.ts'
import { sendAll } from './send.ts'

const sizes = [10_000, 100_000, 1_000_000]

/** Up to `recipients`, each size on an installation of its own. */
export async function benchGrowth({ recipients }: { recipients: number }, report: Report): Promise<void> {
  const found = []
  for (const count of sizes.filter((size) => size <= Math.max(recipients, sizes[0]!))) found.push(await measureAt(count, report))
  const [first, last] = [found[0]!, found.at(-1)!]
  const words = `at ${last.count} recipients; limit: at ${first.count}`
  report({ name: 'growth', value: last.cpu, unit: 'µs/recipient', limit: first.cpu, method: `CPU time of server and PostgreSQL ${words}` })
  report({ name: 'growthWall', value: last.wall, unit: 'µs/recipient', limit: first.wall, method: `time from Pending to Complete ${words}` })
  const before = found.at(-2) ?? first
  report({ name: 'memoryGrowth', value: last.memory, unit: 'MB', limit: before.memory, method: `highest resident memory of all processes but PostgreSQL at ${last.count} recipients; limit: at ${before.count}` })
}

type Point = { count: number; cpu: number; wall: number; memory: number }

async function measureAt(count: number, report: Report): Promise<Point> {
  await using installation = await openInstallation()
  const { seconds, cost } = await sendAll(installation, count)
  const each = 1e6 / count
  const point = { count, cpu: (cost.server + cost.database) * each, wall: seconds * each, memory: installation.peakMegabytes() }
  report({ name: `costAt${count}`, value: point.cpu, unit: 'µs/recipient', method: 'CPU time of server and PostgreSQL from Pending to Complete, a recipient' })
  report({ name: `memoryAt${count}`, value: point.memory, unit: 'MB', limit: 400, method: 'highest resident memory (VmHWM) of all processes but PostgreSQL' })
  return point
}
