/** What a check is, and how several become one level. */
import type { Role } from '../platform/environment.ts'
import type { Ground } from '../platform/ground.ts'
import type { CheckCode, Level } from './codes.ts'

/** The message says what is (and quotes the system's error), the advice what to do. */
export type Finding = { code: string; level: Level; message: string; advice: string }
export type Found = Omit<Finding, 'code'>

/**
 * `asked`: a person pressed *Check again*, so what is otherwise left alone for a while is tried at once. `stopped`: a command looks while no
 * process of this installation runs, so of none it can be said that it is missing.
 */
export type Looking = { asked: boolean; stopped: boolean }

/** `network`: asks another machine, so it runs in the background with a deadline. */
export type Check = { code: CheckCode; network?: boolean; look: (ground: Ground, now: Date, looking: Looking) => Promise<Found> }

export const ok = (message: string): Found => ({ level: 'ok', message, advice: '' })
export const warning = (message: string, advice: string): Found => ({ level: 'warning', message, advice })
export const error = (message: string, advice: string): Found => ({ level: 'error', message, advice })
export const unknown = (message: string): Found => ({ level: 'unknown', message, advice: '' })

/** Of what only a running server can answer nothing can be said while none runs; that is no fault. */
export const notRunning = unknown('No server of this installation runs, so this cannot be told. Start it with npm start, then look again.')

/** What to do where no process of a role lives. */
export const startRole = (role: Role): string =>
  `Start a process with the role ${role}: tidings start --role ${role}, or with TIDINGS_ROLES=${role} in its environment. If one should be running, look at its log.`

/** The worst of all; what is unknown never raises it. */
export const overall = (findings: { level: Level }[]): Exclude<Level, 'unknown'> =>
  findings.some(({ level }) => level === 'error') ? 'error' : findings.some(({ level }) => level === 'warning') ? 'warning' : 'ok'
