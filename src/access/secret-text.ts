/** Random texts that open doors (sessions, API keys): shown once, stored as their SHA-256. */
import { createHash, randomBytes } from 'node:crypto'

export const newSecretText = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
