/** The confirmation mail: written and put into the outbox of system mail in the transaction that keeps the subscription. Once for each. */
import { sql } from 'kysely'
import { sendingVocabulary } from '../content/merge-values.ts'
import type { Tx } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Language } from '../response/texts.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import { queueSystemMail, withdrawSystemMail } from '../system-mail/queue.ts'
import { confirmKeyPurpose, encodeConfirmToken } from './confirm-token.ts'
import type { Given } from './fields.ts'
import { formUrl } from './form-url.ts'
import type { FormRow } from './forms.ts'
import { confirmationText, templateText } from './mail-text.ts'

/** The mail of a subscription is found by this purpose and the subscription's id. */
export const confirmationPurpose = 'confirmation'

type Waiting = { id: string; emailAddress: string; language: Language; given: Given; expiresAt: Date }

/** To the address alone: a name would be what a stranger typed. Where the link no longer works the mail is of no use. */
export async function queueConfirmation(tx: Tx, secrets: Secrets, form: FormRow, { id, emailAddress, language, given, expiresAt }: Waiting, now: Date): Promise<void> {
  const general = await readGeneral(tx)
  const place = { language, general, confirmUrl: `${formUrl(publicUrlOf(general), form.key)}/${encodeConfirmToken(secrets.key(confirmKeyPurpose), id)}` }
  const template = form.emailTemplateId === null ? undefined
    : await tx.selectFrom('emailTemplate').select(['subject', 'body', 'format', 'textBody']).where('id', '=', form.emailTemplateId).where('deletedAt', 'is', null).executeTakeFirst()
  const mail = template ? templateText(template, sendingVocabulary(), given, place, now) : confirmationText(form, place)
  await queueSystemMail(tx, { ...mail, purpose: confirmationPurpose, ref: id, to: { address: emailAddress }, expiresAt }, now)
}

/** What the outbox still knows of it; it forgets earlier than a proof may. */
export async function sentConfirmation(tx: Tx, subscriptionId: string): Promise<{ messageId: string | null; sentAt: Date | null; repeats: number } | undefined> {
  const { rows } = await sql<{ messageId: string | null; sentAt: Date | null; repeats: number }>`
    select message_id, coalesce(ended_at, wire_at) as sent_at, repeats from system_mail where purpose = ${confirmationPurpose} and ref = ${subscriptionId}`.execute(tx)
  return rows[0]
}

/** Those of a form that have not left yet. */
export async function withdrawConfirmations(tx: Tx, formId: string): Promise<void> {
  const { rows } = await sql<{ ref: string }>`
    select m.ref from subscription s join system_mail m on m.purpose = ${confirmationPurpose} and m.ref = s.id::text
     where s.form_id = ${formId} and m.due_at is not null`.execute(tx)
  await withdrawSystemMail(tx, confirmationPurpose, rows.map(({ ref }) => ref))
}
