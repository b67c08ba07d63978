/** The program's own log: JSON lines without personal data (no addresses, tokens or passwords). The campaign log is another thing. */
import { type Logger, pino } from 'pino'

export type Log = Logger

export const openLog = (level: string): Log => pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
