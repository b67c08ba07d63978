/** The address of a webhook: its id and our signature of it, so that it can be neither guessed nor enumerated. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'

const macBytes = 18

export const webhookPath = (secrets: Secrets, id: string): string => `/e/${id}/${signatureOf(secrets, id).toString('base64url')}`

export function isAddressOf(secrets: Secrets, id: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  return given.length === macBytes && timingSafeEqual(given, signatureOf(secrets, id))
}

const signatureOf = (secrets: Secrets, id: string): Buffer => createHmac('sha256', secrets.key('provider webhooks')).update(id).digest().subarray(0, macBytes)
