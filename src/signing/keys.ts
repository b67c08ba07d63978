/** DKIM keys in the database: made, looked for in DNS, switched, deleted. The private half leaves it only for signing (signer.ts). */
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Tables } from '../platform/tables.ts'
import { checkDkim, type DkimAlgorithm, type DkimIdentity } from './dkim-record.ts'
import { type Dns, dnsDeadlineMs } from './dns.ts'
import { makeKeyPair, newSelector } from './key.ts'
import type { RecordCheck } from './record.ts'

export type StoredKey = Selectable<Tables['dkimKey']>

export const identityOf = ({ domain, selector, algorithm, publicKey }: StoredKey): DkimIdentity =>
  ({ domain, selector, algorithm: algorithm as DkimAlgorithm, publicKey })

export async function readKey(db: Db, id: string): Promise<StoredKey> {
  const row = isId(id) ? await db.selectFrom('dkimKey').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('DKIM key', id)
  return row
}

/** The keys that mail from this domain is signed with now, RSA first. */
export const activeKeys = (db: Db, domain: string): Promise<StoredKey[]> =>
  db.selectFrom('dkimKey').selectAll().where('domain', '=', domain).where('state', '=', 'active').orderBy('algorithm', 'desc').execute()

export async function createKey(db: Db, secrets: Secrets, actor: Actor, { domain, algorithm }: { domain: string; algorithm: DkimAlgorithm }, now: Date): Promise<string> {
  const { publicKey, privateKey } = await makeKeyPair(algorithm)
  const [id, selector] = [newId(), newSelector(now)]
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('dkimKey').values({
      id, domain, selector, algorithm, publicKey, privateKeySealed: secrets.seal(privateKey), createdAt: now, createdBy: actor.userId,
    }).execute()
    await audit(tx, actor, 'dkimKeyCreated', { type: 'DkimKey', id, name: domain, detail: { selector, algorithm } })
  })
  return id
}

/** Asks DNS for the key's record and writes down what was seen. A new key whose record is there takes over. */
export async function lookAtKey(db: Db, dns: Dns, key: StoredKey, now: Date): Promise<RecordCheck> {
  const found = await checkDkim(dns, identityOf(key), AbortSignal.timeout(dnsDeadlineMs))
  await db.transaction().execute(async (tx) => {
    const { state } = await lockKey(tx, key)
    await tx.updateTable('dkimKey').set({ recordState: found.state, recordMessage: found.message, checkedAt: now }).where('id', '=', key.id).execute()
    if (state === 'new' && found.state === 'ok') await switchTo(tx, key, now)
  })
  return found
}

/** By hand: at once, but not while DNS shows no record, unless somebody takes that upon himself. */
export async function activateKey(db: Db, dns: Dns, actor: Actor, id: string, { override }: { override: boolean }, now: Date): Promise<void> {
  const key = await readKey(db, id)
  const { state, message, advice } = await lookAtKey(db, dns, key, now)
  if (state !== 'ok' && !override) {
    throw new AppError('conflict', 'dkimRecordNotSeen', `${message} Receivers would find the signature worthless. ${advice}`, { recordState: state })
  }
  await db.transaction().execute(async (tx) => {
    const { state: before } = await lockKey(tx, key)
    if (before !== 'active') await switchTo(tx, key, now)
    await audit(tx, actor, 'dkimKeyActivated', { type: 'DkimKey', id, name: key.domain, detail: { selector: key.selector, recordState: state } })
  })
}

/** The one before signs no more; its record must stay while mail signed with it is on its way. */
async function switchTo(tx: Tx, { id, domain, algorithm }: StoredKey, now: Date): Promise<void> {
  await tx.updateTable('dkimKey').set({ state: 'retired', retiredAt: now, version: sql`version + 1` })
    .where('domain', '=', domain).where('algorithm', '=', algorithm).where('state', '=', 'active').execute()
  await tx.updateTable('dkimKey').set({ state: 'active', activatedAt: now, retiredAt: null, version: sql`version + 1` }).where('id', '=', id).execute()
}

/** With all keys of its domain, in the same order for everybody: a switch changes two of them. */
async function lockKey(tx: Tx, { id, domain }: StoredKey): Promise<StoredKey> {
  const rows = await tx.selectFrom('dkimKey').selectAll().where('domain', '=', domain).orderBy('id').forUpdate().execute()
  const row = rows.find((each) => each.id === id)
  if (!row) throw notFound('DKIM key', id)
  return row
}

export async function removeKey(db: Db, actor: Actor, id: string): Promise<void> {
  const { domain, selector, state } = await readKey(db, id)
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('dkimKey').where('id', '=', id).execute()
    await audit(tx, actor, 'dkimKeyRemoved', { type: 'DkimKey', id, name: domain, detail: { selector, state } })
  })
}
