/** Who hears of a domain outage: the administrators, because one of them has to decide. Read from the outages, so that a crash hides none. */
import { endNotice, notify, openFaults } from '../notices/notices.ts'
import type { Db } from '../platform/db.ts'

const keyOf = (id: string) => `domainOutage:${id}`

export async function tellAboutOutages(db: Db, now: Date): Promise<void> {
  const open = await db.selectFrom('domainOutage').select(['id', 'domain', 'unknown', 'taken']).where('decision', 'is', null).execute()
  const told = new Set((await openFaults(db, 'domainOutage')).map(({ onceKey }) => onceKey!))
  for (const { id, domain, unknown, taken } of open) {
    if (told.delete(keyOf(id))) continue
    await notify(db, {
      kind: 'domainOutage', level: 'warning', to: 'administrators', about: { type: 'DomainOutage', id, name: domain }, onceKey: keyOf(id),
      title: `${domain} suddenly calls many of its addresses unknown`,
      text: `Within an hour it called ${unknown} addresses unknown and took ${taken} mails. They are not judged, and nothing more goes there until you say whether they are gone (confirm) or the domain was out of order (release).`,
    }, now)
  }
  for (const key of told) await endNotice(db, key, now)
}
