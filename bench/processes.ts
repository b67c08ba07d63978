/** What processes cost, as the kernel counts it (proc(5)): CPU time, and the most memory they ever held. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** USER_HZ: 100 on every Linux. */
const ticksPerSecond = 100

export type Cost = Record<'server' | 'database' | 'sink', number>

/** CPU seconds so far of the server's processes, of PostgreSQL and of the sink. */
export function cpuSeconds({ servers, database, sink }: { servers: readonly number[]; database: number; sink: number }): Cost {
  const all = stats()
  const sum = (pids: readonly number[]) => pids.reduce((total, pid) => total + (all.get(pid)?.own ?? 0), 0)
  return {
    server: sum(servers.flatMap((pid) => treeOf(all, pid, database))),
    // Connections that ended meanwhile are counted with their parent.
    database: sum(treeOf(all, database)) + (all.get(database)?.ended ?? 0),
    sink: sum([sink]),
  }
}

export const costBetween = (before: Cost, after: Cost): Cost =>
  ({ server: after.server - before.server, database: after.database - before.database, sink: after.sink - before.sink })

/** The highest resident memory of the server's processes (VmHWM), added up. PostgreSQL, a child of the server that started it, is not one of them. */
export function peakMegabytes(servers: readonly number[], database: number): number {
  const all = stats()
  return servers.flatMap((pid) => treeOf(all, pid, database)).reduce((sum, pid) => sum + peakOf(pid), 0)
}

function peakOf(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readIfAlive(`/proc/${pid}/status`))?.[1]
  return Number(kilobytes ?? 0) / 1024
}

/** The embedded PostgreSQL of a data folder: its pid file's first line. */
export const postmasterOf = (dataFolder: string): number =>
  Number.parseInt(readFileSync(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10)

type Stat = { parent: number; own: number; ended: number }

function stats(): Map<number, Stat> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
  return new Map(pids.flatMap((pid) => {
    // Fields after the name, which may hold spaces: 0 state, 1 parent, 11 utime, 12 stime, 13 cutime, 14 cstime.
    const fields = readIfAlive(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ').map(Number)
    return fields.length > 14 ? [[pid, { parent: fields[1]!, own: (fields[11]! + fields[12]!) / ticksPerSecond, ended: (fields[13]! + fields[14]!) / ticksPerSecond }]] : []
  }))
}

/** A process and all that it started, but for `except` and what that started. */
function treeOf(all: ReadonlyMap<number, Stat>, pid: number, except?: number): number[] {
  const children = [...all].filter(([child, { parent }]) => parent === pid && child !== except)
  return [pid, ...children.flatMap(([child]) => treeOf(all, child, except))]
}

function readIfAlive(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
