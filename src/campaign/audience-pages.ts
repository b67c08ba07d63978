/** Who will get a mass email, or got it: computed while it is being prepared, as it was frozen afterwards. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Verdict } from '../audience/codes.ts'
import { hindrances } from '../audience/codes.ts'
import { computeFunnel, type Funnel, peoplePage, peopleWith, readable } from '../audience/funnel.ts'
import type { Page } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { readerOf } from './campaign-rights.ts'
import { audienceOf } from './lists.ts'

export async function readFunnel(db: Db, actor: Actor, massEmailId: string, now: Date): Promise<Funnel & { frozen: boolean }> {
  const { frozenAt, funnel, ...stand } = await findStand(db, massEmailId)
  if (frozenAt) return { ...(funnel as Funnel), frozen: true }
  return { ...(await computeFunnel(db, { ...(await audienceOf(db, massEmailId)), now, reader: await readerOf(db, stand, actor) })), frozen: false }
}

/**
 * People whom the one who looks may not read are counted and nothing more, and so are those whom the author may not. Only addresses that
 * mail goes to are shown to whoever may read the campaign: they belong to it, and an author mailed only whom he may read.
 */
export async function audiencePage(db: Db, actor: Actor, massEmailId: string, verdict: string, query: ListQuery, context: ListContext): Promise<Page> {
  const { frozenAt, ...stand } = await findStand(db, massEmailId)
  if (!isVerdict(verdict)) throw invalid([{ path: 'verdict', message: `There is no verdict ${verdict}. It is "included" or one of ${hindrances.join(', ')}.` }])
  if (verdict === 'notReadable') return nobodyNamed((await readFunnel(db, actor, massEmailId, context.now)).verdicts.notReadable ?? 0)
  if (!frozenAt) {
    return peopleWith(db, actor, { ...(await audienceOf(db, massEmailId)), now: context.now, reader: await readerOf(db, stand, actor) }, verdict, query, context)
  }
  if (verdict === 'included') {
    return peoplePage(db, actor, sql`delivery p`, sql<boolean>`p.mass_email_id = ${massEmailId} and not p.test`, query, context)
  }
  return peoplePage(db, actor, sql`not_mailed p`, sql<boolean>`p.mass_email_id = ${massEmailId} and p.verdict = ${verdict} and ${readable(actor)}`, query, context)
}

const nobodyNamed = (total: number): Page => ({ items: [], next: null, total, totalIsEstimate: false })

const isVerdict = (text: string): text is Verdict => text === 'included' || (hindrances as readonly string[]).includes(text)

async function findStand(db: Db, massEmailId: string) {
  const row = isId(massEmailId)
    ? await db.selectFrom('massEmail').select(['id', 'frozenAt', 'funnel', 'status', 'authorId']).where('id', '=', massEmailId).where('deletedAt', 'is', null).executeTakeFirst()
    : undefined
  if (!row) throw notFound('mass email', massEmailId)
  return row
}
