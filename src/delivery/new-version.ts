/** *Use the new version for the rest*: what a paused mass email has not sent yet goes out as its template is now. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { expectNoApprovalNeeded } from '../campaign/approval.ts'
import { ensureAutomaticLinks } from '../campaign/automatic-links.ts'
import { stepNotAllowed } from '../campaign/mass-email.ts'
import { expectReady } from '../campaign/preflight-facts.ts'
import { lockMassEmail, sendVersion } from '../campaign/steps.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import { linksToTrack } from '../content/plain-links.ts'
import { readVersion, versionOf } from '../content/templates.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { laneCount } from '../platform/lanes.ts'
import type { Frozen } from './frozen.ts'

/** Each delivery names the version it is sent in: what went out keeps the old one. Answers how many get the new one. */
export const useNewVersion = (db: Db, id: string, { actor, now }: { actor: Actor; now: Date }): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { name, status, campaignId, emailTemplateId, templateVersionId: before, ...row } = await lockMassEmail(tx, id)
    expectNoApprovalNeeded(actor, 'Somebody who needs no approval has to send another version.')
    if (status !== 'paused' || before === null) throw stepNotAllowed(status, 'use the new version')
    const versionId = await versionOf(tx, emailTemplateId!)
    if (versionId === before) throw new AppError('conflict', 'noNewVersion', 'Its template has not changed since: there is no newer version.')
    await expectNothingOnItsWay(tx, id)
    await expectReady(tx, id, now, row.authorId)
    if ((row.frozen as Frozen).trackAllLinks) await ensureAutomaticLinks(tx, campaignId, linksToTrack(await readVersion(tx, versionId), currentVocabulary()), now)
    await sendVersion(tx, id, versionId, now)
    const deliveries = await renameVersion(tx, id, versionId)
    await audit(tx, actor, 'massEmailVersionChanged', { type: 'MassEmail', id, name, detail: { from: before, to: versionId, deliveries } })
    return deliveries
  })

/** What a sender holds was made ready in the old version; paused, it is given back within a moment. */
async function expectNothingOnItsWay(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select from delivery where mass_email_id = ${id} and status = 'sending' and not test limit 1`.execute(tx)
  if (rows.length > 0) throw new AppError('conflict', 'stillSending', 'Some of it is on its way right now. Wait a moment, then try again.')
}

/** Claimed since they were asked about: while it is paused they are not marked, but given back. */
async function renameVersion(tx: Tx, id: string, versionId: string): Promise<number> {
  let count = 0
  for (let lane = 0; lane < laneCount; lane++) {
    const { numAffectedRows } = await sql`
      update delivery set template_version_id = ${versionId}
       where lane = ${lane} and mass_email_id = ${id} and not test and status in ('pending', 'sending')`.execute(tx)
    count += Number(numAffectedRows ?? 0)
  }
  return count
}
