/** What a check is, and how several become one level. */
import type { Ground } from '../platform/ground.ts'

export const levels = ['ok', 'warning', 'error', 'unknown'] as const
export type Level = (typeof levels)[number]

/** The message says what is (and quotes the system's error), the advice what to do. */
export type Finding = { code: string; level: Level; message: string; advice: string }

/** `network`: asks another machine, so it runs in the background with a deadline. */
export type Check = { code: string; network?: boolean; look: (ground: Ground, now: Date) => Promise<Omit<Finding, 'code'>> }

export const ok = (message: string): Omit<Finding, 'code'> => ({ level: 'ok', message, advice: '' })
export const warning = (message: string, advice: string): Omit<Finding, 'code'> => ({ level: 'warning', message, advice })
export const error = (message: string, advice: string): Omit<Finding, 'code'> => ({ level: 'error', message, advice })
export const unknown = (message: string): Omit<Finding, 'code'> => ({ level: 'unknown', message, advice: '' })

/** The worst of all; what is unknown never raises it. */
export const overall = (findings: { level: Level }[]): Exclude<Level, 'unknown'> =>
  findings.some(({ level }) => level === 'error') ? 'error' : findings.some(({ level }) => level === 'warning') ? 'warning' : 'ok'
