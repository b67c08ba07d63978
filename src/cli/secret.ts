/** `tidings secret …`: which secret seals what, a new one, and the ways out when one leaked or was lost. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { AuditAction } from '../access/audit-words.ts'
import type { Db } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { forgetUnreadable, lookAtSealed, sealAnew, type Sealing } from '../platform/sealed.ts'
import { addSecret, forgetPrevious, ringOf, secretFile } from '../platform/secret-ring.ts'
import { openSecrets } from '../platform/secrets.ts'
import { webhooksMadeBefore } from '../provider-webhooks/webhooks.ts'
import { type Installation, withInstallation } from './installation.ts'
import { command, group, type Outcome, shows } from './outcome.ts'

type Place = Pick<Installation, 'db' | 'environment'>

export const secretCommand = () => group('secret', 'the secret that seals passwords and signs links').addCommand(checkCommand()).addCommand(rotateCommand())
  .addCommand(forgetPreviousCommand()).addCommand(forgetUnreadableCommand())

const checkCommand = () => command('check', 'say which stored secrets can be opened, and with which secret')
  .action(shows(() => withInstallation(async ({ db, environment }) => {
    const sealings = await lookAtSealed(db, openSecrets(ringOf(environment)))
    return { text: inWords(sealings), data: { columns: sealings }, failed: sum(sealings, 'unreadable') > 0 }
  })))

const rotateCommand = () => command('rotate', 'seal everything with a new secret; links in mail that was sent stay good')
  .action(shows(() => withInstallation(rotate)))

export const rotate = (installation: Place): Promise<Outcome> => alone(installation.db, async () => {
  const { db, environment } = installation
  const ring = ringOf(environment)
  const secrets = openSecrets(ring)
  // What a rotation that was killed has left is finished first: another secret would not help it.
  const begun = sum(await lookAtSealed(db, secrets), 'before') > 0
  if (!begun && environment.secret === undefined) addSecret(environment.dataDir)
  if (!begun && environment.secret !== undefined && ring().length === 1) throw invalid([{ path: '', message: howToRotate }])
  const [first] = ring()
  const sealed = await sealAnew(db, secrets)
  await note(installation, 'secretRotated', { sealed })
  if (ring()[0] !== first) throw new AppError('conflict', 'secretReplaced', `Somebody else wrote ${secretFile(environment.dataDir)} meanwhile. Put its first line of before back at its beginning, or nothing that was sealed just now can be opened.`)
  const made = !begun && environment.secret === undefined
  return { text: `${made ? `A new secret stands first in ${secretFile(environment.dataDir)}. ` : ''}${values(sealed)} sealed with it anew. What was signed before stays good.`, data: { sealed, newSecret: made } }
})

const howToRotate = 'The secret comes from TIDINGS_SECRET, so this command cannot make a new one. On every machine, set TIDINGS_SECRET_PREVIOUS to a new secret and restart; '
  + 'then set TIDINGS_SECRET to the new and TIDINGS_SECRET_PREVIOUS to the present one and restart; then run this again.'

const forgetPreviousCommand = () => command('forget-previous', 'believe nothing any more that was signed with an earlier secret: links in mail sent before stop working')
  .option('--yes', 'do it')
  .action(shows((options: { yes?: true }) => withInstallation((installation) => forgetEarlier(installation, options))))

export const forgetEarlier = (installation: Place, options: { yes?: true }): Promise<Outcome> => alone(installation.db, async () => {
  const { db, environment } = installation
  if (environment.secret !== undefined) throw invalid([{ path: '', message: 'The secrets come from the environment: take the earlier ones out of TIDINGS_SECRET_PREVIOUS on every machine.' }])
  if (sum(await lookAtSealed(db, openSecrets(ringOf(environment))), 'before') > 0) throw new AppError('conflict', 'stillSealed', 'Something is still sealed with an earlier secret. Run "tidings secret rotate" first.')
  const providerWebhooks = await webhooksMadeBefore(db, await lastRotation(db))
  const addresses = providerWebhooks.length === 0 ? '' : ` Addresses of provider webhooks made before the last rotation are strangers then; enter them anew at the provider, as Administration > Provider Webhooks shows them: ${providerWebhooks.join(', ')}.`
  if (!options.yes) throw invalid([{ path: '--yes', message: `Readers could not opt out by links in mail sent before.${addresses} Say --yes to do it.` }])
  const forgotten = forgetPrevious(environment.dataDir)
  await note(installation, 'earlierSecretsForgotten', { forgotten })
  if (forgotten === 0) return { text: 'There is no earlier secret.', data: { forgotten, providerWebhooks: [] } }
  return { text: `Forgotten: ${forgotten === 1 ? 'one earlier secret' : `${forgotten} earlier secrets`}.${addresses}`, data: { forgotten, providerWebhooks } }
})

/** Null: it was never noted, or its entry is older than the audit log is kept. */
async function lastRotation(db: Db): Promise<Date | null> {
  const row = await db.selectFrom('auditEntry').select((eb) => eb.fn.max('at').as('at')).where('action', '=', 'secretRotated').executeTakeFirst()
  return row?.at ?? null
}

/** One command at a time, wherever it runs: of two that read and write the file at once one would lose the other's secret, and what it had sealed. */
const alone = <T>(db: Db, work: () => Promise<T>): Promise<T> => db.transaction().execute(async (tx) => {
  await sql`select pg_advisory_xact_lock(hashtext('tidings.secret'))`.execute(tx)
  return work()
})

const forgetUnreadableCommand = () => command('forget-unreadable', 'empty the stored secrets that nobody can open any more, so that they can be entered anew')
  .option('--yes', 'do it')
  .action(shows((options: { yes?: true }) => withInstallation(async (installation) => {
    const { db, environment } = installation
    const secrets = openSecrets(ringOf(environment))
    const lost = (await lookAtSealed(db, secrets)).filter(({ unreadable }) => unreadable > 0)
    if (lost.length > 0 && !options.yes) throw invalid([{ path: '--yes', message: `${inWords(lost)}\nSay --yes to empty what cannot be opened.` }])
    const forgotten = await forgetUnreadable(db, secrets)
    await note(installation, 'unreadableSecretsForgotten', { columns: lost.map(({ column }) => column) })
    return { text: forgotten === 0 ? 'Everything can be opened.' : `${values(forgotten)} emptied: ${lost.map(({ column }) => column).join(', ')}. Enter them anew.`, data: { forgotten, columns: lost.map(({ column }) => column) } }
  })))

const sum = (sealings: readonly Sealing[], what: 'anew' | 'before' | 'unreadable'): number => sealings.reduce((count, sealing) => count + sealing[what], 0)
const values = (count: number): string => (count === 1 ? 'One value is' : `${count} values are`)

function inWords(sealings: readonly Sealing[]): string {
  if (sealings.length === 0) return 'Nothing is sealed yet.'
  return sealings.map(({ column, anew, before, unreadable }) =>
    [`${column}: ${anew} sealed with the present secret`, before > 0 && `${before} with an earlier one`, unreadable > 0 && `${unreadable} that cannot be opened`].filter(Boolean).join(', ')).join('\n')
}

/** Whoever may run this owns the installation; there may be no user yet. */
const commandLine: Actor = { userId: '', userName: 'Command line', type: 'admin', via: 'system', ip: '' }
const note = ({ db }: Place, action: AuditAction, detail: object) => audit(db, commandLine, action, { type: 'Secret', detail })
