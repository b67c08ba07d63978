/** What domains and accounts answered: gathered in memory, written every few seconds. Statistics: a crash may lose the last seconds. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { domainOwner } from './scopes.ts'
import { type Answers, isSlowing, slowDown } from './slow-routes.ts'

const writeEveryMs = 5_000
/** One domain that puts mail off is that domain; several are the account. */
const domainsOfAnAccount = 3

type AccountAnswers = Answers & { puttingOff: Set<string> }

export class Traffic {
  #domains = new Map<string, Answers>()
  #accounts = new Map<string, AccountAnswers>()
  #since = performance.now()

  /** `patience`: the reply that put it off; null: it was taken. `account`: the owner of that name. */
  note(domain: string, account: string | undefined, patience: string | null): void {
    count(this.#domains, domain, () => ({ taken: 0, putOff: 0, lastWords: '' }), patience)
    if (!account) return
    const answers = count(this.#accounts, account, () => ({ taken: 0, putOff: 0, lastWords: '', puttingOff: new Set<string>() }), patience)
    if (patience !== null) answers.puttingOff.add(domain)
  }

  /** Writes what was gathered, when it is time or when asked to. Answers whether a route was slowed down. */
  async write(db: Db, now: Date, atOnce: boolean): Promise<boolean> {
    const seconds = (performance.now() - this.#since) / 1000
    if (this.#domains.size === 0 || (!atOnce && seconds * 1000 < writeEveryMs)) return false
    const [domains, accounts] = [this.#domains, this.#accounts]
    this.#domains = new Map()
    this.#accounts = new Map()
    this.#since = performance.now()
    await writeTaken(db, domains, now)
    const slowing = [
      ...[...domains].filter(([, answers]) => isSlowing(answers)).map(([domain, answers]): [string, Answers] => [domainOwner(domain), answers]),
      ...[...accounts].filter(([, answers]) => isSlowing(answers) && answers.puttingOff.size >= domainsOfAnAccount),
    ]
    for (const [route, answers] of slowing) await slowDown(db, route, await perMinute(db, answers, seconds), answers, now)
    return slowing.length > 0
  }
}

function count<Kept extends Answers>(all: Map<string, Kept>, key: string, make: () => Kept, patience: string | null): Kept {
  let answers = all.get(key)
  if (!answers) all.set(key, answers = make())
  if (patience === null) answers.taken++
  else {
    answers.putOff++
    answers.lastWords = patience
  }
  return answers
}

/** By all senders, taken to be as fast as this one. */
async function perMinute(db: Db, { taken, putOff }: Answers, seconds: number): Promise<number> {
  const { rows } = await sql<{ senders: number }>`select greatest(1, count(*)) as senders from sender`.execute(db)
  return ((taken + putOff) / Math.max(1, seconds)) * 60 * rows[0]!.senders
}

const bucketMs = 5 * 60_000

async function writeTaken(db: Db, domains: ReadonlyMap<string, Answers>, now: Date): Promise<void> {
  const taken = [...domains].filter(([, answers]) => answers.taken > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  if (taken.length === 0) return
  await sql`
    insert into domain_traffic as known (domain, since, taken)
    select domain, ${new Date(Math.floor(now.getTime() / bucketMs) * bucketMs)}, taken
      from unnest(${taken.map(([domain]) => domain)}::text[], ${taken.map(([, answers]) => answers.taken)}::bigint[]) as given (domain, taken)
    on conflict (domain, since) do update set taken = known.taken + excluded.taken`.execute(db)
}

export type Taken = { ever: number; inHour: number }

export async function readTaken(db: Db, domain: string, now: Date): Promise<Taken> {
  const { rows } = await sql<Taken>`
    select coalesce(sum(taken), 0)::bigint as ever, coalesce(sum(taken) filter (where since > ${new Date(now.getTime() - 3_600_000 - bucketMs)}), 0)::bigint as in_hour
      from domain_traffic where domain = ${domain}`.execute(db)
  return rows[0]!
}

/** Single buckets are needed for the last hour only; of the rest the sum is kept. */
export async function sumUpOldTraffic(db: Db, now: Date): Promise<void> {
  await sql`
    with old as (delete from domain_traffic where since < ${new Date(now.getTime() - 2 * 3_600_000)} and since > '-infinity' returning domain, taken)
    insert into domain_traffic as known (domain, since, taken)
    select domain, '-infinity', sum(taken) from old group by domain
    on conflict (domain, since) do update set taken = known.taken + excluded.taken`.execute(db)
}
