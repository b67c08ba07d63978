/** The clock that the program goes by, the database's, jumps back and forth while mail with an hour's limit goes out. */
import { setTimeout as wait } from 'node:timers/promises'
import { Installation } from '../installation.ts'
import { runJob, send } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'

const maxPerHour = 300
/** Forth within the hour and far beyond it, then back. */
const jumps = ['45 minutes', '3 hours', '-1 day']
const settleMs = 4_000

export const clockJumps: Scenario = {
  name: 'clock-jumps',
  promise: `at most ${maxPerHour} leave in any hour, though the clock jumps three quarters of an hour forth, three hours forth, a day back, with new starts after each`,
  async run(place) {
    await using installation = await Installation.start(place, { maxPerHour, senders: 0 })
    const { api, journal } = installation
    await installation.query(ownClock)
    await installation.startSender()
    const massEmail = await send(api, { recipients: 1_500 })
    await journal.received(maxPerHour / 2)
    for (const jump of jumps) {
      await installation.query('update faults.clock set jumped = jumped + $1::interval', [jump])
      await installation.stopSender()
      await installation.replaceWeb()
      await installation.startSender()
      await runJob(installation.api)
      await wait(settleMs)
    }
    return await measure(installation, [{ ...massEmail, expected: { pending: 'some' } }], `${journal.entries.length} left`)
  },
}

/** A clock that can be set, found before PostgreSQL's own by everybody who connects from now on. */
const ownClock = `
  create schema faults;
  create table faults.clock (jumped interval not null);
  insert into faults.clock values ('0');
  create function faults.clock_timestamp() returns timestamptz language sql volatile
    as 'select pg_catalog.clock_timestamp() + (select jumped from faults.clock)';
  do $$ begin execute format('alter database %I set search_path = public, faults, pg_catalog', current_database()); end $$`
