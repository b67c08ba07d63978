/** Somebody subscribes: kept as pending until the address proves that it wants it, or taken in at once where the form asks for no proof. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import { newId } from '../platform/id.ts'
import { jsonFor } from '../platform/json.ts'
import type { Secrets } from '../platform/secrets.ts'
import { again } from '../response/again.ts'
import type { Language } from '../response/texts.ts'
import { queueConfirmation } from './confirmation-mail.ts'
import type { FormRow } from './forms.ts'
import { hasEnough, lockAddress } from './limits.ts'
import type { OpenForm } from './open-form.ts'
import type { Asked } from './posted.ts'
import { takeIn, type Visitor } from './take-in.ts'

/** Committed when this resolves. Whoever subscribes too often is not told: others would learn whose addresses are known. */
export function subscribe({ db, secrets }: Pick<Ground, 'db' | 'secrets'>, form: OpenForm, asked: Asked, visitor: Speaking, now: Date): Promise<void> {
  return again(() => db.transaction().execute(async (tx) => {
    await lockAddress(tx, asked.emailAddress)
    if (form.row.doubleOptIn && await hasEnough(tx, asked.emailAddress, now)) return
    const expiresAt = new Date(now.getTime() + form.row.lifetimeHours * 3_600_000)
    const id = await keep(tx, form, asked, visitor, { now, expiresAt })
    if (form.row.doubleOptIn) await askForProof(tx, secrets, form.row, { ...asked, id, expiresAt, language: visitor.language }, now)
    else await takeIn(tx, form.row, { ...asked, id, doubleOptIn: false }, visitor, now)
  }))
}

type Speaking = Visitor & { language: Language }

async function keep(tx: Tx, { row }: OpenForm, { emailAddress, given, targetListIds, textVersion }: Asked, { ip, userAgent, language }: Speaking, { now, expiresAt }: { now: Date; expiresAt: Date }): Promise<string> {
  const id = newId(now.getTime())
  await tx.insertInto('subscription').values({
    id, formId: row.id, formVersion: row.version, textVersion, doubleOptIn: row.doubleOptIn, emailAddress, language, targetListIds, given: jsonFor(given),
    askedAt: now, askedIp: ip, askedUserAgent: userAgent, expiresAt: row.doubleOptIn ? expiresAt : null,
  }).execute()
  return id
}

/** An address that does not exist is not mailed, for no form either. */
async function askForProof(tx: Tx, secrets: Secrets, form: FormRow, waiting: Parameters<typeof queueConfirmation>[3], now: Date): Promise<void> {
  const { rows } = await sql`
    select from suppression where email_key = lower(${waiting.emailAddress}::text) and reason = 'invalid' and (until is null or until > ${now})`.execute(tx)
  if (rows.length === 0) return queueConfirmation(tx, secrets, form, waiting, now)
  await tx.updateTable('subscription').set({ mailReply: 'This address is known to be invalid.' }).where('id', '=', waiting.id).execute()
}
