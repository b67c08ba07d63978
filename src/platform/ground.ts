/** What every part of the program stands on, made once by services.ts (or a test). Functions take of it only what they need. */
import type { Clock } from './clock.ts'
import type { Db } from './db.ts'
import type { Environment } from './environment.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'

export type Ground = { db: Db; clock: Clock; secrets: Secrets; environment: Environment; log: Log }
