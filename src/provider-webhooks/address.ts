/** The address of a webhook: its id and our signature of it, so that it can be neither guessed nor enumerated. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'

const macBytes = 18
const purpose = 'provider webhooks'

export const webhookPath = (secrets: Secrets, id: string): string => `/e/${id}/${signatureOf(secrets.key(purpose), id).toString('base64url')}`

export function isAddressOf(secrets: Secrets, id: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  return given.length === macBytes && secrets.keys(purpose).some((key) => timingSafeEqual(given, signatureOf(key, id)))
}

const signatureOf = (key: Buffer, id: string): Buffer => createHmac('sha256', key).update(id).digest().subarray(0, macBytes)
