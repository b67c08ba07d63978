/** One message in, what it is out: bounce, delay notice, complaint, auto-reply, opt-out request, reply or other. No network, no database, no clock. */
import type { Classification } from './classification.ts'

/** Never throws, whatever the bytes. Looks at no more than its limits allow (limits.ts). */
export async function classify(raw: Uint8Array): Promise<Classification> {
  void raw
  return { kind: 'other', bounce: null, recipients: [], confidence: 0, rule: 'nothing', references: { messageIds: [], deliveryTokens: [], sentTo: [] } }
}
