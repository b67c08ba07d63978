/** Which process is meant: a number alone may be given to another process later. */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** Number and start time; two processes never share both. Null when there is no such process. */
export function identityOf(pid: number): string | null {
  const started = process.platform === 'linux' ? startTicks(pid) : startText(pid)
  return started === null ? null : `${pid} ${started}`
}

/** Field 22 of /proc/PID/stat (proc(5)); the name in brackets may hold spaces, so counted from behind it. A zombie is no process any more. */
function startTicks(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
    return fields[0] === 'Z' ? null : fields[19] ?? null
  } catch {
    return null
  }
}

const startText = (pid: number): string | null =>
  spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || null

/** A postmaster works in its data folder; whoever else got its number after a restart of the machine does not. */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  if (identityOf(pid) === null) return false
  if (process.platform !== 'linux') return programOf(pid).endsWith('postgres')
  try {
    const [place, expected] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)]
    return place.ino === expected.ino && place.dev === expected.dev
  } catch (error) {
    // A process of another user does not show where it works. Better to fail against a stranger than to start beside a living server.
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

const programOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
