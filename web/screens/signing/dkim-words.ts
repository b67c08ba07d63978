/** DKIM keys in words. */
import type { DkimKey } from '../../../src/signing/contract.ts'

export const algorithmWords: Record<DkimKey['algorithm'], string> = { rsa: 'RSA 2048', ed25519: 'Ed25519' }
export const stateWords: Record<DkimKey['state'], string> = { new: 'Waits for its record', active: 'Signs', retired: 'Signs no more' }
export const recordWords: Record<NonNullable<DkimKey['recordState']>, string> = { ok: 'Seen', missing: 'Not seen', wrong: 'Wrong', unknown: 'Not known' }
