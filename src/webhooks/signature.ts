/** How a post is signed: HMAC-SHA256 over id, time and body, as the Standard Webhooks specification has it (standardwebhooks.com). Pure. */
import { createHmac } from 'node:crypto'

/** `secret` may be `whsec_` and base64, as libraries make it, or any text. */
export function signedHeaders(secret: string | null, { id, body, at }: { id: string; body: string; at: Date }): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (secret === null) return headers
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8')
  return { ...headers, 'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}` }
}
