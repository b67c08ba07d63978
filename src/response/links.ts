/** The links of campaigns by their number, kept in memory: a click asks the database for none it has seen lately. */
import type { Db } from '../platform/db.ts'

export type Link = { id: string; action: 'redirect' | 'showMessage'; url: string; message: string }
export type LinkTable = (number: number, now: Date) => Promise<Link | null>

/** A target that was repaired is followed at the latest after this. */
const freshForMs = 10_000
const mostKept = 20_000

/** Deleted ones too: links in mail that was sent keep working. */
export function linkTable(db: Db): LinkTable {
  const kept = new Map<number, { until: number; link: Promise<Link | null> }>()
  return (number, now) => {
    const known = kept.get(number)
    if (known && known.until > now.getTime()) return known.link
    const link = readLink(db, number)
    // What failed is not remembered: the next click asks again.
    link.catch(() => kept.delete(number))
    if (kept.size >= mostKept) kept.clear()
    kept.set(number, { until: now.getTime() + freshForMs, link })
    return link
  }
}

async function readLink(db: Db, number: number): Promise<Link | null> {
  const row = await db.selectFrom('trackingUrl').select(['id', 'action', 'url', 'message']).where('number', '=', number).executeTakeFirst()
  return row ? { ...row, action: row.action === 'showMessage' ? 'showMessage' : 'redirect' } : null
}
