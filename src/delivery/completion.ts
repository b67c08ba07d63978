/** What is still to be done with a composed mail before it may leave: signing it, and keeping it where that is wanted. */
import type { DkimSigner } from '../message/dkim.ts'
import type { Composed } from './composer.ts'
import type { Delivery } from './ledger.ts'
import type { SentMail } from './stored-mail.ts'

export type Completion = (delivery: Delivery, composed: Composed, now: Date) => Promise<Composed>

/** Null when mail leaves as it was composed: then nothing has to be waited for. `store`: where sent mail is kept, null when it is not. */
export function completionOf(signer: DkimSigner | null, store: ((mail: SentMail) => Promise<void>) | null): Completion | null {
  if (!signer && !store) return null
  return async (delivery, composed, at) => {
    const signed = signer ? await withSignature(signer, composed, at) : composed
    const { lane, id: deliveryId, massEmailId } = delivery
    if (store) await store({ lane, deliveryId, massEmailId, raw: signed.envelope.content, at })
    return signed
  }
}

/** RFC 6376 §5.6: the signature stands before all that it signs. */
export async function withSignature(signer: DkimSigner, { messageId, envelope }: Composed, now: Date): Promise<Composed> {
  return { messageId, envelope: { ...envelope, content: Buffer.concat([await signer.sign(envelope.content, now), envelope.content]) } }
}
