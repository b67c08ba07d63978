/** A delivery's mail for reading it in a browser: the version that was sent, with today's values. */
import type { FilledMail } from '../content/fill.ts'
import { readVersion } from '../content/templates.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { createComposer, valuesKey } from './composer.ts'
import { type Frozen, gather } from './frozen.ts'

/** Of a record that is gone no values are left: its placeholders give their fallbacks. Null where there is nothing to show. */
export async function viewDelivery(db: Db, secrets: Secrets, { lane, id }: { lane: number; id: number }, now: Date): Promise<FilledMail | null> {
  const delivery = await db.selectFrom('delivery').innerJoin('massEmail', 'massEmail.id', 'delivery.massEmailId')
    .select([
      'delivery.lane', 'delivery.id', 'entityType', 'recordId', 'emailAddress', 'massEmailId', 'test', 'campaignId', 'frozen',
      'massEmail.accountId', 'fromAddress', 'fromName', 'replyToAddress', 'replyToName',
    ])
    .select((query) => query.fn.coalesce('delivery.templateVersionId', 'massEmail.templateVersionId').as('versionId'))
    .where('delivery.lane', '=', lane).where('delivery.id', '=', id).executeTakeFirst()
  if (!delivery?.versionId) return null
  // A test may have been sent of a mass email that is still a draft.
  const frozen = (delivery.frozen as Frozen | null) ?? await gather(db, { ...delivery, id: delivery.massEmailId, sharedAccountIds: [] })
  if (!frozen) return null
  const [source, general, settings] = await Promise.all([readVersion(db, delivery.versionId), readGeneral(db), readOutboundEmails(db)])
  const composer = await createComposer(db, {
    massEmailId: delivery.massEmailId, campaignId: delivery.campaignId,
    frozen, source, general, settings, secrets, account: { bounceAddress: '' },
  })
  const values = await composer.load([delivery])
  return composer.fill(delivery, values.get(valuesKey(delivery)) ?? new Map(), { now, test: delivery.test })
}
