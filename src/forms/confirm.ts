/** The link of a confirmation mail: what it leads to, and what pressing its button does. Pressing it again changes nothing. */
import type { Db } from '../platform/db.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'
import { again } from '../response/again.ts'
import { lockAddress } from './limits.ts'
import type { OpenForm } from './open-form.ts'
import { takeIn, type Visitor } from './take-in.ts'

export type Standing = { is: 'pending' | 'confirmed'; emailAddress: string } | { is: 'expired' }

/** What was forgotten after its time is expired too: the token proves that it has been. */
export async function standingOf(db: Db, form: OpenForm, id: string, now: Date): Promise<Standing> {
  const row = await db.selectFrom('subscription').select(['status', 'emailAddress', 'expiresAt']).where('id', '=', id).where('formId', '=', form.id).executeTakeFirst()
  if (row?.status === 'confirmed') return { is: 'confirmed', emailAddress: row.emailAddress }
  return row?.expiresAt && row.expiresAt > now ? { is: 'pending', emailAddress: row.emailAddress } : { is: 'expired' }
}

export async function confirmSubscription(db: Db, form: OpenForm, id: string, visitor: Visitor, now: Date): Promise<Standing> {
  const standing = await standingOf(db, form, id, now)
  if (standing.is !== 'pending') return standing
  await refreshEntityTypes(db)
  await again(() => db.transaction().execute(async (tx) => {
    // The address first, then the row: in the order in which subscribing takes them.
    await lockAddress(tx, standing.emailAddress)
    const row = await tx.selectFrom('subscription').selectAll().where('id', '=', id).where('status', '=', 'pending').forUpdate().executeTakeFirst()
    if (row) await takeIn(tx, form.row, row, visitor, now)
  }))
  return standingOf(db, form, id, now)
}
