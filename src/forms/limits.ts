/** How often strangers may use forms: so often from one network, and so many mails to one address. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { plainAddress } from '../platform/networks.ts'
import { storedIp } from '../platform/stored-ip.ts'
import { visitorMark } from '../response/visitor.ts'

/** In any sliding hour, of whatever forms. */
export const mostFromOneNetwork = 30
/** In any sliding day, of what nobody has confirmed: nobody's mailbox is filled by others who type in his address. */
export const mostForOneAddress = 3

/** One IPv4 address, or what follows no /48: a home or a company has a network of those. Neither can be read from the mark. */
export const networkMark = (key: Buffer, ip: string): string => {
  const plain = plainAddress(ip)
  return visitorMark(key, { ip: plain.includes(':') ? storedIp(plain, 'anonymised') : plain, userAgent: '' })
}

/** Counts this time too; answers whether it is one too many. */
export async function isTooOften(db: Db, mark: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    with counted as (
      insert into subscription_attempt as a (mark, since, count) values (${mark}, date_bin('10 minutes', ${now}::timestamptz, 'epoch'), 1)
      on conflict (mark, since) do update set count = a.count + 1 returning since, count)
    select ((select count from counted) + coalesce((
      select sum(a.count) from subscription_attempt a
       where a.mark = ${mark} and a.since > ${now}::timestamptz - interval '1 hour' and a.since <> (select since from counted)), 0))::int as count`.execute(db)
  return rows[0]!.count > mostFromOneNetwork
}

/** One after the other for each address, so that two at once are not both the last one, nor make two leads. */
export const lockAddress = (tx: Tx, emailAddress: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('subscription ' || lower(${emailAddress}::text), 0))`.execute(tx)

export async function hasEnough(tx: Tx, emailAddress: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from subscription where email_key = lower(${emailAddress}::text) and double_opt_in and status = 'pending' and asked_at > ${now}::timestamptz - interval '1 day'`.execute(tx)
  return rows[0]!.count >= mostForOneAddress
}
