/** Who hears of a job that keeps failing: the administrators, once, until it succeeds again. */
import { endNotice, notify } from '../notices/notices.ts'
import type { Tx } from '../platform/db.ts'

/** A single failure may pass by itself; from here on somebody should look. */
const failuresInRow = 3

/** Asked in the transaction that ends a run, so that no crash comes between a failure and its notice. A lost run is a failure, too. */
export async function tellAboutRuns(tx: Tx, name: string, now: Date): Promise<void> {
  const { title } = await tx.selectFrom('scheduledJob').select('title').where('name', '=', name).executeTakeFirstOrThrow()
  const last = await tx.selectFrom('scheduledJobRun').select(['outcome', 'error']).where('job', '=', name).where('outcome', '<>', 'running')
    .orderBy('startedAt', 'desc').orderBy('id', 'desc').limit(failuresInRow).execute()
  const about = { type: 'ScheduledJob', id: name, name: title }
  const onceKey = `jobFailed:${name}`
  if (last[0]?.outcome === 'done') {
    if (await endNotice(tx, onceKey, now)) await notify(tx, { kind: 'jobWorks', level: 'success', to: 'administrators', about, title: `${title} works again`, text: 'What it had left undone is done with its next runs.' }, now)
  } else if (last.length === failuresInRow && last.every(({ outcome }) => outcome !== 'done')) {
    await notify(tx, {
      kind: 'jobFailed', level: 'error', to: 'administrators', about, onceKey, title: `${title} failed three times in a row`,
      text: `${last[0]!.error} It goes on trying by its schedule; its log is under Administration > Scheduled Jobs.`,
    }, now)
  }
}
