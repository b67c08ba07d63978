/** The second factor: a secret that an authenticator app and this installation share, and recovery codes for when the app is gone. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { base32, fromBase32 } from '../platform/base32.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { needsSecondFactor } from './second-factor-rule.ts'
import { looksLikeCode, otpauthUrl, stepOfCode } from './totp.ts'

/** As RFC 4226 4 recommends. */
const secretBytes = 20

export type SecondFactor = { on: boolean; since: Date | null; recoveryCodesLeft: number; required: boolean; hasPassword: boolean }

export async function readSecondFactor(db: Db, userId: string): Promise<SecondFactor> {
  const { since, ...rest } = await db.selectFrom('user')
    .select(['secondFactorSince as since', sql<number>`cardinality(recovery_code_hashes)`.as('recoveryCodesLeft'), needsSecondFactor.as('required'), sql<boolean>`password_hash is not null`.as('hasPassword')])
    .where('id', '=', userId).executeTakeFirstOrThrow()
  return { on: since !== null, since, ...rest }
}

/** A secret that counts once a code of it was given back; until then the app before it does, if there is one. Answers its only appearance in clear; an earlier one that never counted is forgotten. */
export async function beginSecondFactor(db: Db, secrets: Secrets, actor: Actor): Promise<{ secret: string; url: string }> {
  const secret = base32(randomBytes(secretBytes)).toUpperCase()
  await db.updateTable('user').set({ secondFactorNextSealed: secrets.seal(secret) }).where('id', '=', actor.userId).execute()
  return { secret, url: otpauthUrl(secret, actor.userName) }
}

/** Turns it on, or changes to the new app: the codes of an earlier one open nothing any more. Answers the recovery codes' only appearance in clear. */
export async function confirmSecondFactor(tx: Tx, secrets: Secrets, actor: Actor, code: string, now: Date): Promise<string[]> {
  const { next, since } = await tx.selectFrom('user').select(['secondFactorNextSealed as next', 'secondFactorSince as since']).where('id', '=', actor.userId).forUpdate().executeTakeFirstOrThrow()
  if (next === null) throw new AppError('conflict', 'secondFactorNotBegun', 'Begin to set up a second factor first.')
  const step = looksLikeCode(code) ? stepOfCode(fromBase32(secrets.open(next)), code, { now, after: 0 }) : null
  if (step === null) throw wrongCode('invalid')
  const codes = newRecoveryCodes()
  await tx.updateTable('user').set({ secondFactorSealed: next, secondFactorNextSealed: null, secondFactorSince: now, secondFactorStep: step, recoveryCodeHashes: codes.map(hashOfRecoveryCode) })
    .where('id', '=', actor.userId).execute()
  await audit(tx, actor, since ? 'secondFactorReplaced' : 'secondFactorTurnedOn', { type: 'User', id: actor.userId, name: actor.userName })
  return codes
}

/** The old ones open nothing any more. */
export async function replaceRecoveryCodes(tx: Tx, actor: Actor): Promise<string[]> {
  const codes = newRecoveryCodes()
  const { numUpdatedRows } = await tx.updateTable('user').set({ recoveryCodeHashes: codes.map(hashOfRecoveryCode) })
    .where('id', '=', actor.userId).where('secondFactorSince', 'is not', null).executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('conflict', 'secondFactorIsOff', 'Your second factor is off. Recovery codes come with setting it up.')
  await audit(tx, actor, 'recoveryCodesReplaced', { type: 'User', id: actor.userId, name: actor.userName })
  return codes
}

/** Of oneself: where one is required the way to another app is to set that up in its place. */
export async function turnOffSecondFactor(tx: Tx, actor: Actor): Promise<void> {
  const { on, required } = await readSecondFactor(tx, actor.userId)
  if (on && required) {
    throw new AppError('conflict', 'secondFactorDemanded', 'A second factor is required here of you, so it stays on. To use another app, set that one up in its place.')
  }
  await removeSecondFactor(tx, actor, { id: actor.userId, userName: actor.userName })
}

/** Of oneself, or by whoever manages users, for somebody who lost app and codes. Answers whether there was one. */
export async function removeSecondFactor(tx: Tx, actor: Actor, user: { id: string; userName: string }): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('user').set({ secondFactorSealed: null, secondFactorNextSealed: null, secondFactorSince: null, secondFactorStep: 0, recoveryCodeHashes: [] })
    .where('id', '=', user.id).where('secondFactorSince', 'is not', null).executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await audit(tx, actor, user.id === actor.userId ? 'secondFactorTurnedOff' : 'secondFactorReset', { type: 'User', id: user.id, name: user.userName })
  return true
}

export type CodeKind = 'authenticatorApp' | 'recoveryCode'

/** Takes a code at the door, once: of two who give the same one at the same moment one comes in. */
export async function takeCode(db: Db, secrets: Secrets, userId: string, given: string, now: Date): Promise<CodeKind> {
  const code = given.replace(/\s/g, '')
  const kind = looksLikeCode(code) ? 'authenticatorApp' : 'recoveryCode'
  const taken = kind === 'authenticatorApp' ? await takeAppCode(db, secrets, userId, code, now) : await takeRecoveryCode(db, userId, code)
  if (!taken) throw wrongCode('unauthenticated')
  return kind
}

async function takeAppCode(db: Db, secrets: Secrets, userId: string, code: string, now: Date): Promise<boolean> {
  const row = await db.selectFrom('user').select(['secondFactorSealed as sealed', 'secondFactorStep as after']).where('id', '=', userId).where('secondFactorSince', 'is not', null).executeTakeFirst()
  const step = row?.sealed ? stepOfCode(fromBase32(secrets.open(row.sealed)), code, { now, after: row.after }) : null
  if (step === null) return false
  const { numUpdatedRows } = await db.updateTable('user').set({ secondFactorStep: step }).where('id', '=', userId).where('secondFactorStep', '<', step).executeTakeFirst()
  return numUpdatedRows > 0n
}

async function takeRecoveryCode(db: Db, userId: string, code: string): Promise<boolean> {
  const hash = hashOfRecoveryCode(code)
  const { numUpdatedRows } = await db.updateTable('user').set({ recoveryCodeHashes: sql`array_remove(recovery_code_hashes, ${hash})` })
    .where('id', '=', userId).where('secondFactorSince', 'is not', null).where(sql<boolean>`${hash} = any(recovery_code_hashes)`).executeTakeFirst()
  return numUpdatedRows > 0n
}

const wrongCode = (kind: 'invalid' | 'unauthenticated'): AppError => new AppError(
  kind, 'secondFactorWrong', 'This code is wrong, or was used already. Take the one that your app shows now; if it stays wrong, compare the clock of your phone.',
  { errors: [{ path: 'code', message: 'This code is wrong, or was used already.' }] })
