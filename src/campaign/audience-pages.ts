/** Who will get a mass email, or got it: computed while it is being prepared, as it was frozen afterwards. */
import { sql } from 'kysely'
import type { Verdict } from '../audience/codes.ts'
import { hindrances } from '../audience/codes.ts'
import { computeFunnel, type Funnel, peoplePage, peopleWith } from '../audience/funnel.ts'
import type { Page } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { audienceOf } from './lists.ts'

export async function readFunnel(db: Db, massEmailId: string, now: Date): Promise<Funnel & { frozen: boolean }> {
  const { frozenAt, funnel } = await findStand(db, massEmailId)
  if (frozenAt) return { ...(funnel as Funnel), frozen: true }
  return { ...(await computeFunnel(db, { ...(await audienceOf(db, massEmailId)), now })), frozen: false }
}

export async function audiencePage(db: Db, massEmailId: string, verdict: string, query: ListQuery, context: ListContext): Promise<Page> {
  const { frozenAt } = await findStand(db, massEmailId)
  if (!isVerdict(verdict)) throw invalid([{ path: 'verdict', message: `There is no verdict ${verdict}. It is "included" or one of ${hindrances.join(', ')}.` }])
  if (!frozenAt) return peopleWith(db, { ...(await audienceOf(db, massEmailId)), now: context.now }, verdict, query, context)
  if (verdict === 'included') {
    return peoplePage(db, sql`delivery p`, sql<boolean>`p.mass_email_id = ${massEmailId} and not p.test`, query, context)
  }
  return peoplePage(db, sql`not_mailed p`, sql<boolean>`p.mass_email_id = ${massEmailId} and p.verdict = ${verdict}`, query, context)
}

const isVerdict = (text: string): text is Verdict => text === 'included' || (hindrances as readonly string[]).includes(text)

async function findStand(db: Db, massEmailId: string) {
  const row = isId(massEmailId)
    ? await db.selectFrom('massEmail').select(['frozenAt', 'funnel']).where('id', '=', massEmailId).where('deletedAt', 'is', null).executeTakeFirst()
    : undefined
  if (!row) throw notFound('mass email', massEmailId)
  return row
}
