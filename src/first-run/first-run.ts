/** How far the set-up is: told from what is there, together with what was left out on purpose. */
import { sql } from 'kysely'
import { type Actor, isAdministrator, mayCreate } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { allowed } from '../access/row-rights.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Environment } from '../platform/environment.ts'
import { AppError } from '../platform/errors.ts'
import { readGeneral, readOutboundEmails } from '../settings/settings.ts'
import type { FirstRun, FirstRunChange } from './contract.ts'
import { type Facts, type MailState, stateOf, type StepName, stepNames } from './steps.ts'

type Ground = { db: Db; actor: Actor; environment: Pick<Environment, 'bounceReceiver'> }

export async function presentFirstRun({ db, actor, environment }: Ground): Promise<FirstRun> {
  const row = await db.selectFrom('firstRun').selectAll().executeTakeFirstOrThrow()
  const out = await wayOut(db)
  const mail = isAdministrator(actor) && row.mailState && row.mailWay === out?.way ? { to: row.mailTo!, at: row.mailAt!.toISOString(), state: row.mailState as MailState } : null
  const steps = stepNames.filter((step) => isFor(actor, step))
  // What an administrator leaves out is still a good beginning for somebody else.
  const skipped = isAdministrator(actor) ? row.skipped : []
  const facts: Facts = {
    ...await settingsFacts(db), ...await peopleFacts(db, actor),
    server: out !== null && out.kind === 'system' && !out.broken && out.login !== row.serverFailedWith,
    mail: row.mailState === 'arrived' && row.mailWay === out?.way,
    bounces: await isBounceRead(db, environment),
  }
  return { steps: steps.map((step) => ({ step, state: stateOf(step, facts, skipped) })), hidden: row.hiddenAt !== null, mail }
}

/** Only administrators set things up; others begin with what their roles let them make. */
const isFor = (actor: Actor, step: StepName): boolean =>
  step === 'contacts' ? mayCreate(actor, 'Contact') : step === 'campaign' ? mayCreate(actor, 'Campaign') : isAdministrator(actor)

async function settingsFacts(db: Db) {
  const [{ companyName, postalAddress }, { fromAddress }] = [await readGeneral(db), await readOutboundEmails(db)]
  return { company: companyName !== '' && postalAddress !== '', sender: fromAddress !== '' }
}

/** As far as whoever asks may see them. */
async function peopleFacts(db: Db, actor: Actor): Promise<{ contacts: boolean; campaign: boolean }> {
  const { rows } = await sql<{ contacts: boolean; campaign: boolean }>`
    select exists (select from contact r where ${allowed(actor, 'Contact', 'read')}) or exists (select from lead r where ${allowed(actor, 'Lead', 'read')}) as contacts,
           exists (select from mass_email m join campaign r on r.id = m.campaign_id where m.frozen_at is not null and m.deleted_at is null and ${allowed(actor, 'Campaign', 'read')}) as campaign`.execute(db)
  return rows[0]!
}

/** A mailbox, a webhook of a provider, or the built-in receiver: any of them tells of dead addresses. */
async function isBounceRead(db: Db, { bounceReceiver }: Ground['environment']): Promise<boolean> {
  const { rows } = await sql<{ read: boolean }>`
    select exists (select from group_email_account where status = 'active' and deleted_at is null and imap_host <> '' and check_error is null)
        or exists (select from provider_webhook where active) as read`.execute(db)
  return rows[0]!.read || (bounceReceiver !== undefined && (await readOutboundEmails(db)).bounceDomain !== '')
}

type WayOut = { kind: 'system' | 'sandbox'; broken: boolean; way: string; login: string }

/** By which mail leaves by default. `way` names it across changes of its password; `login` is everything that a test depends on. */
async function wayOut(db: Db): Promise<WayOut | null> {
  const { rows } = await sql<WayOut>`
    select kind, broken_since is not null as broken, case kind when 'sandbox' then '' else concat_ws('|', host, port, username) end as way,
           md5(concat_ws('|', host, port, security, username, auth, password_sealed, refresh_token_sealed)) as login
      from outbound_account where kind = 'sandbox' or (kind = 'system' and host <> '') order by kind = 'sandbox' limit 1`.execute(db)
  return rows[0] ?? null
}

export async function changeFirstRun(tx: Tx, actor: Actor, change: FirstRunChange, now: Date): Promise<void> {
  const row = await tx.selectFrom('firstRun').selectAll().forUpdate().executeTakeFirstOrThrow()
  const out = change.serverTest || change.mail ? await wayOut(tx) : null
  if (change.mail && !change.mail.to && (!row.mailTo || row.mailWay !== out?.way)) throw new AppError('conflict', 'noMailSent', 'No mail was sent by this account yet.')
  await tx.updateTable('firstRun').set({
    ...(change.skipped && { skipped: skippedAfter(row.skipped, change.skipped) }),
    ...(change.serverTest && { serverFailedWith: change.serverTest === 'failed' ? out?.login ?? null : null }),
    ...(change.mail && { mailState: change.mail.state, mailWay: out?.way ?? '' }),
    ...(change.mail?.to && { mailTo: change.mail.to, mailAt: now }),
    ...(change.hidden !== undefined && { hiddenAt: change.hidden ? now : null }),
    modifiedAt: now, modifiedBy: actor.userId,
  }).execute()
  await audit(tx, actor, 'firstRunChanged', { type: 'FirstRun', detail: { ...(change.skipped && { skipped: change.skipped }), fields: Object.keys(change) } })
}

const skippedAfter = (before: readonly string[], change: Partial<Record<StepName, boolean | undefined>>) =>
  stepNames.filter((step) => change[step] ?? before.includes(step))
