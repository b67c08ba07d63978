/** What an administrator sets about coming in: which provider, whom it lets in, and what a password needs beside it. */
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { existing } from '../access/roles.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { type Fault, invalid } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readGeneral } from '../settings/settings.ts'
import type { SecondFactorRule, SingleSignOnChange, SingleSignOnSettings } from './contract.ts'
import { issuerFault } from './issuer.ts'

export type Settings = Omit<SingleSignOnSettings, 'clientSecretSet' | 'redirectUri'> & { clientSecretSealed: string | null }

const defaults: Settings = {
  active: false, issuer: '', clientId: '', clientSecretSealed: null, buttonLabel: '', createUsers: false, roleIds: [], teamIds: [], domains: [],
  passwordsForAdministratorsOnly: false, secondFactorFor: 'nobody', version: 0,
}

export async function readSettings(db: Db): Promise<Settings> {
  const row = await db.selectFrom('singleSignOn').selectAll().executeTakeFirst()
  if (!row) return defaults
  const { id: _id, modifiedAt: _at, modifiedBy: _by, ...settings } = row
  return { ...settings, secondFactorFor: settings.secondFactorFor as SecondFactorRule }
}

export async function presentSettings(db: Db): Promise<SingleSignOnSettings> {
  const { clientSecretSealed, ...settings } = await readSettings(db)
  return { ...settings, clientSecretSet: clientSecretSealed !== null, redirectUri: await redirectUri(db) }
}

export const path = '/api/v1/single-sign-on'

/** From the Site URL that was set, never from what a request says its host is: codes are sent there. */
export const redirectUri = async (db: Db): Promise<string> => `${(await readGeneral(db)).siteUrl}${path}/callback`

export const labelOf = ({ buttonLabel }: Settings): string => buttonLabel || 'single sign-on'

/** Whoever signs in by password while that is for administrators only: with single sign-on off nobody is locked out. */
export async function passwordsForAdministratorsOnly(db: Db): Promise<boolean> {
  const { active, passwordsForAdministratorsOnly: only } = await readSettings(db)
  return active && only
}

export async function changeSettings(
  tx: Tx, secrets: Secrets, { clientSecret, ...change }: SingleSignOnChange, { actor, now, expectVersion }: { actor: Actor; now: Date; expectVersion: (version: number) => void },
): Promise<void> {
  await tx.insertInto('singleSignOn').values({ version: 0 }).onConflict((conflict) => conflict.doNothing()).execute()
  await tx.selectFrom('singleSignOn').select('version').forUpdate().executeTakeFirstOrThrow()
  const before = await readSettings(tx)
  expectVersion(before.version)
  const after = { ...before, ...given(change), ...(change.domains && { domains: change.domains.map(storedDomain) }) }
  // A role or team that was deleted meanwhile keeps nobody from changing something else.
  const faults = await faultsOf(tx, { ...after, roleIds: change.roleIds ?? [], teamIds: change.teamIds ?? [] })
  if (faults.length > 0) throw invalid(faults)
  const sameClient = after.issuer === before.issuer && after.clientId === before.clientId
  const clientSecretSealed = clientSecret ? secrets.seal(clientSecret) : clientSecret === undefined && sameClient ? before.clientSecretSealed : null
  await tx.updateTable('singleSignOn').set({ ...after, clientSecretSealed, version: before.version + 1, modifiedAt: now, modifiedBy: actor.userId }).execute()
  await tell(tx, actor, before, { change, clientSecret })
}

/** Who needs a second factor is a sentence of its own. */
async function tell(tx: Tx, actor: Actor, before: Settings, { change: { secondFactorFor, ...change }, clientSecret }: { change: Omit<SingleSignOnChange, 'clientSecret'>; clientSecret: string | null | undefined }): Promise<void> {
  if (secondFactorFor !== undefined && secondFactorFor !== before.secondFactorFor) {
    await audit(tx, actor, 'secondFactorRuleChanged', { type: 'SingleSignOn', name: secondFactorFor, detail: { from: before.secondFactorFor, to: secondFactorFor } })
  }
  if (Object.keys(change).length === 0 && clientSecret === undefined) return
  await audit(tx, actor, 'settingsChanged', { type: 'SingleSignOn', detail: { from: shown(before, change), to: change, ...(clientSecret !== undefined && { clientSecret: 'changed' }) } })
}

/** Who may come in by it is as telling as who has which role. */
const shown = (settings: Settings, change: object) => Object.fromEntries(Object.entries(settings).filter(([name]) => name in change))

async function faultsOf(db: Db, { active, issuer, clientId, domains, roleIds, teamIds }: Settings): Promise<Fault[]> {
  const fault = issuer === '' ? (active ? 'Enter the issuer first: the address by which the provider names itself.' : null) : issuerFault(issuer)
  const [roles, teams] = await Promise.all([existing(db, 'role', roleIds), existing(db, 'team', teamIds)])
  return [
    ...(fault ? [{ path: 'issuer', message: fault }] : []),
    ...(active && clientId === '' ? [{ path: 'clientId', message: 'Enter the client ID that the provider gave you.' }] : []),
    ...domains.flatMap((domain, index) => (isDomain(domain) ? [] : [{ path: `domains.${index}`, message: `“${domain}” is no domain. One looks like example.com.` }])),
    ...roleIds.flatMap((id, index) => (roles.has(id) ? [] : [{ path: `roleIds.${index}`, message: 'There is no such role.' }])),
    ...teamIds.flatMap((id, index) => (teams.has(id) ? [] : [{ path: `teamIds.${index}`, message: 'There is no such team.' }])),
  ]
}

/** As addresses hold it: an A-label in lower case. */
const storedDomain = (domain: string) => parseAddress(`x@${domain.replace(/^@/, '')}`).address.slice(2)
const isDomain = (domain: string) => parseAddress(`x@${domain}`).wellFormed
