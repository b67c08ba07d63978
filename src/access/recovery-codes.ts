/** Recovery codes: for whoever has no authenticator app at hand. Each opens once; stored as their SHA-256, which 80 random bits make enough. */
import { randomBytes } from 'node:crypto'
import { base32 } from '../platform/base32.ts'
import { hashOf } from './secret-text.ts'

const howMany = 10
const bytes = 10

/** Easy to copy: `abcd-efgh-2345-67ab`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: howMany }, () => base32(randomBytes(bytes)).match(/.{4}/g)!.join('-'))

/** However it is typed: in capitals, with blanks or without dashes. */
export const hashOfRecoveryCode = (code: string): string => hashOf(code.toLowerCase().replace(/[\s-]/g, ''))
