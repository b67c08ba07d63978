/** The ground everything stands on: database, clock, disk. */
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Check, error, ok, warning } from './check.ts'

const oldestPostgres = 150_000
const clockToleranceSeconds = 30
const littleSpaceBytes = 2_000_000_000
const noSpaceBytes = 300_000_000

const database: Check = {
  code: 'database',
  async look({ db }) {
    const { rows: [row] } = await sql<{ number: number; name: string }>`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as name`.execute(db)
    return row!.number >= oldestPostgres
      ? ok(`PostgreSQL ${row!.name} answers.`)
      : error(`PostgreSQL ${row!.name} is too old.`, 'Move to PostgreSQL 15 or later.')
  },
}

const clock: Check = {
  code: 'clock',
  async look({ db }) {
    const { rows: [row] } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
    const seconds = Math.round(Math.abs(Date.now() - row!.now.getTime()) / 1000)
    return seconds <= clockToleranceSeconds
      ? ok('The clocks of this machine and of the database agree.')
      : warning(`The clock of this machine is ${seconds} seconds away from the database's.`, 'Set both machines by NTP. Sending goes by the database\'s clock.')
  },
}

const disk: Check = {
  code: 'disk',
  async look({ environment: { dataDir } }) {
    if (!existsSync(dataDir)) return ok('Nothing is kept on this machine\'s disk.')
    const { bavail, bsize } = await statfs(dataDir)
    const free = bavail * bsize
    const message = `${(free / 1e9).toFixed(1)} GB are free where the data lies.`
    const advice = 'Make room: when the disk is full the database stops, and sending with it.'
    return free < noSpaceBytes ? error(message, advice) : free < littleSpaceBytes ? warning(message, advice) : ok(message)
  },
}

export const machineChecks = [database, clock, disk]
