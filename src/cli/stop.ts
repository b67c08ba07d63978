/** When a server should stop: it is told so by a signal, or whoever started it is gone. */
import { readFileSync } from 'node:fs'
import { identityOf } from '../platform/process-identity.ts'

const watchEveryMs = 500

/** Resolves on the first SIGTERM, SIGINT or SIGHUP, or when the parent has ended. A second signal ends the process at once. */
export function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false
    const ask = (why: string) => {
      if (asked) process.exit(1)
      asked = true
      resolve(why)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ask(signal))
    watchParents(() => { if (!asked) ask('the parent process has ended') })
  })
}

/**
 * npm runs us in a shell and does not pass every signal on, so a killed `npm start` would leave the server behind: its end counts as ours.
 * Whoever made us the leader of a session of our own (setsid, a service manager) wants us to stay.
 */
function watchParents(onEnd: () => void): void {
  if (process.ppid === 1 || isSessionLeader()) return
  const parent = process.ppid
  const npm = process.env['npm_command'] ? identityOfParent(parent) : null
  const timer = setInterval(() => {
    const npmEnded = npm !== null && identityOf(npm.pid) !== npm.identity
    if (process.ppid === parent && !npmEnded) return
    clearInterval(timer)
    onEnd()
  }, watchEveryMs)
  timer.unref()
}

/** proc(5): field 6 of /proc/PID/stat is the session, field 4 the parent; counted from behind the name, which may hold spaces. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
  } catch {
    return []
  }
}

const isSessionLeader = (): boolean => Number(statOf(process.pid)[3]) === process.pid

function identityOfParent(pid: number): { pid: number; identity: string | null } | null {
  const parent = Number(statOf(pid)[1])
  return parent > 1 ? { pid: parent, identity: identityOf(parent) } : null
}
